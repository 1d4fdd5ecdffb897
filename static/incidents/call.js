// The telephone form: Ctrl+Enter keeps it from any field, and what is asked follows what it is.

import { follow, send } from "./forms.js";

const form = document.querySelector("[data-call]");
follow(form);
send(form);
