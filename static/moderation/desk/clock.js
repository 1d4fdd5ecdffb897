// Seconds that run down: of the lease, and of what can still be taken back. The server's word counts;
// this only shows it.

const running = new Map();

/** Let `element` show what is left of `seconds`, as m:ss or as plain seconds; then call `onEnd`. */
export function countDown(element, seconds, { plain = false, onTick, onEnd } = {}) {
  running.set(element, { until: performance.now() + seconds * 1000, plain, onTick, onEnd });
  draw(element);
}

export function stop(element) {
  running.delete(element);
}

function draw(element) {
  const clock = running.get(element);
  const left = Math.max(0, Math.ceil((clock.until - performance.now()) / 1000));
  const shown = clock.plain ? `${left}` : `${Math.floor(left / 60)}:${`${left % 60}`.padStart(2, "0")}`;
  if (element.textContent !== shown) element.textContent = shown;
  clock.onTick?.(left);
  if (left === 0) {
    running.delete(element);
    clock.onEnd?.();
  }
}

setInterval(() => {
  for (const element of [...running.keys()]) {
    if (element.isConnected) draw(element);
    else running.delete(element);
  }
}, 250);
