"""Roepnamen: by which names one person goes. A name may belong to several groups."""

from functools import lru_cache

from blacklist.identity.folding import name_letters

_GROUPS = """
johannes jan hans joop johan jo joh hannes jannes janus sjaan john johnny jean jantje han jochem johann yoann
johanna jo hanna hannie jans jannie joke jopie sjaan annie hanneke jannetje jeanne joanne joan janny johanneke
cornelis kees cor cees nelis corneel keesjan kornelis cornelius
cornelia corrie cor nel nelly nellie lia cora cokkie corry neeltje keetje conny
elisabeth els bep betty lies liesbeth elly ellie elsje bets betje elise lisa lisette liz elizabeth elisa ilse
wilhelmus wim willem wil willy wilhelm pim helmus guillaume william bill
wilhelmina wil mien mina willemien willy minke mientje wilma helma willemina miny
petrus piet peter pieter pierre pit peer petro pietje
petronella nel nelly petra nellie ella pietje piet petronel
hendrikus henk hendrik hein harry rik driek henri heinrich hendricus henricus
hendrika riek rika hennie henny drika henriette henrica hendrikje
gerardus gerard gerrit geert ger gerhard sjra ad gerhardus gert
gerarda gerda gerrie gera ger geertje geertruida gerardina
geertruida truus trui geertje gertrude trudy geerte toos gertrudis trees
maria marie mia ria miep marijke rietje mieke marian mariet riet maaike mies marja meike miet mary mariette
antonius ton toon anton antoon tony teun tonnie anthony toontje antonie
antonia toos tonnie tonny toni antoinette to netty
adrianus ad adriaan arie adrie janus aad arjan adrian
adriana jaan adrie ada jana sjaan adriaantje
franciscus frans cis franciskus frank francis sus
francisca cisca sisca francien fransje ciska cis
jacobus jaap koos jacob sjaak co jack jacques ko kobus jim
jacoba coba cootje co jacqueline kootje jacomina coby
theodorus theo dorus dirk door thé
theodora dora thea doortje door
catharina toos trijntje rina ina karin katrien tineke katja catrien cato kaat nienke trien carina rien kate
christina tineke stien chris tine christien ina stina kris christine
johanna-maria annemarie
margaretha greet griet marga gré greta margriet grietje margot rita gretha margreet margaret
anna annie anneke an ans antje anja annet annika ank anne anita
aleida alie leida ali aaltje alida
alberta bertha bep betsy albertje
albertus bert ab albert appie bertus
bernardus bernard ben bert barend nard
bernardina dien dina bernadette
leonardus leo leen leonard leendert nardus len
lambertus bert lam lambert bertus lammert
martinus tinus martin maarten tiny marten rinus
marinus rinus rien marien
nicolaas klaas nico niek nicolas nic klaus nick nicolaus niels nicholas
paulus paul pauw pol
rudolf ruud rolf rudolph dolf rudi rudy
everardus evert eef everard
josephus jos jozef joseph sjef jef joop joe josef giuseppe
josephina jos josé fien josefien josefina jozefien fientje
aart aard arnoldus arnold nol nold
laurentius laurens lau lourens rens laurent lars
mattheus thijs mathijs matthijs ties teus mathieu thys matthias tijs matth
matthias thijs ties mattias
bartholomeus bart mees bartel
gijsbertus gijs bert gijsbert
egbertus bert egbert
hubertus huub bert hub hubert
norbertus norbert bert
robertus rob robert bob robbert bert
reinier rein reinder renier
thomas tom tommie tommy
benjamin ben benny
alexander alex sander lex xander sascha aleksander
alexandra alex sandra sas alexa
frederik frits fred freek rik frederick ferry fré fedde
frederika frederieke rika freddie frieda
ludovicus louis lodewijk lo ludo
louisa loes louise wiesje lous
karel carel carolus charles karl carl sjarel
carolina lien line carla karolien caroline lineke
helena leni lena heleen leen elena lenie helen ellen
magdalena magda leen leny lena marleen
jozina jo sina
susanna suze suus sanne susan suzanne suzanna
geert geertje
daniel daan dan danny
samuel sam sammy
michael michiel mike michel machiel chiel mick giel
emanuel manuel maan manus
hermanus herman manus harm harmen her
hermina mien mina herma hermien
gerritdina dina dien
berendina dina dien berdien
everdina dina eef ina evelien
klazina sien ina klaasje
jan-willem janwillem
sebastiaan bas bastiaan sebastian
gerbrand brand
victor vic
stephanus stef stefan steven stephan fan
stefanie stef steffie stephanie
christiaan chris christian krist kris
christophorus stof christoffel chris
wouterus wouter wout walter
mohammed mo mohamed muhammad mohammad mehmet moh muhammed
mustafa mus moes
abdullah abdoel abdul abdellah
yusuf yousef youssef joesoef yoesoef jozef
ahmed ahmet achmed ahmad
fatima fatma faatje fatemeh fadma
katarzyna kasia
malgorzata gosia
ekaterina katja katya
ilse elisabeth
philippus flip filip philip philippe
philomena mena fila
gabriel gabi gaby
gabriella gabi gaby
jeroen jeronimus
hieronymus jeroen
aloysius loek wies aloys louis
ignatius naat ig nas
eduard eddy ed edward edwin
edith eef
dirk dick diederik derk dirkje
simon siem simen
pascalle pascal
sybren sieb
sjoerd sjors
george sjors joris georgius georges
veronica vera ronny
monica moniek monique
angela angelique
barbara bar babs barbera
agatha aagje agaath
agnes nies angeniet
apollonia loni pleun plonia
dorothea door thea dora doortje dorien
emma em emmy
eva eef eefje
jozua joost
justus joost
leontine tineke
mathilda tilly til thilde
rebecca bekie
regina gina
rosalia roos lia
sara saartje
sophia fie sofie fietje sophie
theresia trees thea truus resi theresa
ursula ursel
valentinus tinus
victoria vicky
vincentius vincent cent
"""


@lru_cache(maxsize=1)
def _table() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, line in enumerate(_GROUPS.strip().splitlines()):
        for name in line.split():
            found.setdefault(name_letters(name).replace(" ", ""), set()).add(number)
    return {name: frozenset(groups) for name, groups in found.items()}


def groups_of(first: str) -> frozenset[int]:
    """Return the groups that a folded name is in."""
    return _table().get(first, frozenset())


def may_be_one(first: str, other: str) -> bool:
    """Return whether two folded first names can be a name and its roepnaam, or two roepnamen of one."""
    return not groups_of(first).isdisjoint(groups_of(other))
