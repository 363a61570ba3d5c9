"""Given names that are one name: forms of one name in neighbouring languages, and short forms.

Written for this engine from common usage; unverified. A line is one name, its Arabic letters as
`one_form` gives them; among those of Western Europe is how Russians write it, in Latin letters
(Майкл, maykl), since that is no spelling of its sounds alone. So is с for the th of a few Arabic
names (Хуси, khusi, Houthi): of any name it would meet others (Самир, Thamer; Харис, Harris). What
follows a bar are short forms, which meet the full ones less surely.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.engines.names.letters.latin import folds_of, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ARABIC_NAMES", "COMMON_NAMES", "classes_of", "forms_of", "is_short", "stems_of"]

_NAMES = """
aleksandr alexander alexandr aliaksandr alyaksandr oleksandr olexandr | sasha sanya shura alex sandy
aleksandra alexandra aliaksandra oleksandra | sasha shura alex
aleksei alexei alexey aliaksei alyaksey oleksii oleksiy olexiy alexis | lyosha alyosha alex
andrei andrey andrii andriy andrej andrzej andrew endryu | andryusha andy drew
anatoli anatoly anatolii anatoliy anatol | tolya
arkadi arkady arkadz | arkasha
artem artyom artsiom artsyom artiom
boris barys borys | borya
danil danila daniil daniel danylo danilo | danya dan danny
denis dzianis dzyanis denys
dmitri dmitry dmitrii dmitriy dmytro dzmitry dzmitryi zmitser zmicier dimitri dmitrij | dima mitya
eduard edward eduardo | ed eddie ted
evgeni evgeny evgenii evgeniy yevgeny yevgen yevhen yauhen yauheni eugene ievgen | zhenya gene
galina halina halyna | galya
gennadi gennady gennadii hennadi henadz hienadz hennadii gennadij | gena
georgi georgy georgii heorhii heorhiy heorhi george dzhordzh | gosha zhora
grigori grigory grigorii hryhorii hryhoriy ryhor grigorij gregory gregorio | grisha greg
igor ihor ihar
ilya illia ilia illya elijah | ilyusha
irina iryna irena | ira
ivan ioann | vanya
kirill kiril kiryl kyrylo cyril kirilo
konstantin kostiantyn kanstantsin kastantsin kostyantyn constantine | kostya
leonid leanid
maksim maxim maksym maxym
mikhail mikhailo mykhailo mikhal mihail michail mykhaylo mikhaylo michael maykl | misha mike mick
nikita mikita mykyta
nikolai nikolay mykola mikalai mikalay nikolaj nicholas nikolaos | kolya nick
oleg oleh aleh
olga olha volha | olya
pavel pavlo paval paul | pasha
petr pyotr petro piotr pyatro peter | petya pete
roman raman
sergei sergey serhii serhiy siarhei siarhey syarhey sergii sergiy sergej serge | seryozha
stanislav stanislau stanislaw | stas
stepan stsiapan stephan stephen
svetlana svitlana sviatlana | sveta
taras
tatiana tatyana tetiana tatsiana tetyana | tanya
vadim vadym vadzim
valentin valyantsin valiantsin valentyn
valentina valentyna valiantsina
valeri valery valerii valeriy valerij
vasili vasily vasilii vasyl vasil vassily basil | vasya
viacheslav vyacheslav viachaslau viacheslau vyachaslau | slava
viktor victor viktar | vitya vic
viktoria viktoriya victoria viktoryia | vika vicky
vitali vitaly vitalii vitaliy
vladimir volodymyr uladzimir uladzimer wladimir wolodymyr volodimir | vova volodya vlad
vladislav vladyslav uladzislau uladzislaw | vlad
yaroslav yaraslau iaroslav
yelena elena olena alena helena helen | lena
yekaterina ekaterina katsiaryna kateryna catherine katherine katarzyna | katya kate kathy katie
yuri yury yurii yuriy iurii juri jurij yuryi george | yura
natalia natalya nataliia natallia nataliya | natasha
liudmila lyudmila liudmyla ludmila lyudmyla | lyuda mila
ksenia kseniya xenia oksana aksana
nadezhda nadiia nadzeya | nadya
anna hanna ganna ann anne hannah | anya
anzhelika angelika angelica
maria mariya maryia mary marie | masha
yulia yuliia yuliya julia iulia | yulya
daria darya dar'ya | dasha
fedor fyodor fiodar fedir theodore
timofei timofey tsimafei timothy | tima tim
matvei matvey matsvei matviy matthew metyu | matt
semyon semen siamion simon
محمد mohammed mohammad muhammad mohamed mohamad muhammed muhamad magomed mehmet mukhammad mamadou
احمد ahmed ahmad akhmed akhmad akhmat ahmet achmad
حسین hussein husayn hussain hossein hosein husain hussien khusein huseyin husein
حسن hassan hasan hassane khasan
علی ali aly
عبدله abdullah abdallah abdulla abdollah abdalla
عبدرحمن abdulrahman abdurrahman abdelrahman abdirahman abdarrahman abdurahman abderrahmane
ابراهیم ibrahim ebrahim ibragim ibraheem abraham | abe
اسماعیل ismail esmail esmaeil ismael ismayil
یوسف yusuf yousef youssef yousuf yosef joseph yusef iosif yusif josef | joe
یحیی yahya yehia yahia
عمر omar umar omer umer
توختی tohti tokhti toxti
دولقۇن dolkun dolqun
جلال jalal jelal celal djalal dzhalal
جلیل jalil jelil celil djalil dzhalil
جمیل jamil jameel jemil cemil djamil dzhamil
عثمان osman usman othman uthman ousmane
خالد khaled khalid
مصطفی mustafa mostafa moustafa mustapha
محمود mahmoud mahmud mahmood makhmud
حمید حامد hamid hamed
سعید said saeed saeid sayeed
سلمان salman salmaan
سلیمان suleiman sulaiman soleiman sulayman suleyman suleman solomon
اسامه usama osama oussama
قاسم qasem qassem kasem qasim kassim ghasem
سیف saif seif sayf saiph
جمال jamal gamal djamel jamaal cemal djemal
موسی mousa musa moussa moosa moses
عیسی isa issa eissa essa
یاسین yasin yassin yaseen yassine yacine
فاطمه fatima fatimah fatma fatemeh
عایشه aisha aicha aysha ayesha aishah ayse
طارق tarek tariq tareq tarik
ناصر nasser nasir naser nassir
کریم karim kareem
رشید راشد rashid rachid rasheed rached
صالح saleh salih
یاسر yasser yasir yaser
ولید walid waleed oualid
زینب zainab zeinab zaynab zeynab
عادل adel adil
عامر امیر amer amir ameer
فیصل faisal faysal feisal
هشام hisham hicham hesham
ماجد مجید majed majid majeed
بلال bilal belal
حمزه hamza hamzah
ایمان iman eman imane
انور anwar anvar enver enwer
اکرم akram ekrem
امینه amina emine
رجب rajab recep receb
خدیجه khadija khadijah hatice
ایوب ayub ayoub ayyub eyup eyyup
حوثی houthi huthi houthy khusi
هیثم haitham haytham haithem khaysam haysam
ثابت thabit thabet sabit
مثنی muthanna mothanna musanna
william uilyam | bill billy will willy liam
robert roberto | bob bobby rob robbie
richard ricardo | dick rick richie
james dzheyms | jim jimmy jamie
john dzhon | jack johnny
jonathan | jon john
charles charlz sharl | charlie chuck
thomas tomas | tom tommy
joseph | joe joey
edmund | ed ted
henry | harry hank
anthony antonio antoine anton | tony
benjamin binyamin | ben benny bibi
samuel | sam sammy
david dawid davide dawood | dave davy
kenneth | ken kenny
lawrence laurence | larry
francis francisco franz frank | frank paco pancho
jose khose | pepe
ignacio | nacho
elizabeth elisabeth | liz beth betty lisa eliza
margaret | maggie peggy meg
christopher christoph kristofer | chris
patrick | pat paddy
steven stephen | steve
jeffrey geoffrey jeffery | jeff
donald | don donnie
ronald | ron
gerald gerard | gerry jerry
frederick frederik frederic friedrich fredrik | fred freddy
philip phillip filip | phil
vincent | vince
nathan nathaniel | nat
theodore theodor | ted teddy theo
zachary zacharias | zach
evgenia evgeniya yevgenia yevgeniya yevheniia yevheniya ievgeniia eugenia
احسان ehsan ihsan
hasanah hasana hassanah
luis louis
luisa louisa luiza louise
carlos karlos
carla karla
carolina caroline carolyn karolina
daniela danielle daniella
gabriel
gabriela gabriella gabrielle
juan khuan
jorge khorkhe
jacques zhak
pierre pyer
guillaume giyom
joao zhoau
juana
julio
julian
mario
marina
marta martha
martin
emilio emil
emilia
claudio
claudia
patricia
dario
evan
ryan
bryan brian
jairo
jerry
sherry
terry
kerry
perry
barry
kevin
gavin
aaron
karen
darren
"""

COMMON_NAMES = frozenset(
    fold
    for word in [
        "mohammed",
        "mohammad",
        "muhammad",
        "mohamed",
        "mohamad",
        "ahmed",
        "ahmad",
        "ali",
        "hassan",
        "hasan",
        "hussein",
        "husayn",
        "hussain",
        "hossein",
        "abdullah",
        "abdul",
        "ibrahim",
        "khan",
        "shah",
        "abu",
        "mahmoud",
        "mahmud",
        "omar",
        "said",
        "haji",
        "syed",
        "singh",
        "kumar",
        "john",
        "james",
        "robert",
        "david",
        "michael",
        "william",
        "maria",
        "jose",
        "juan",
        "carlos",
        "luis",
        "sergei",
        "sergey",
        "aleksandr",
        "alexander",
        "vladimir",
        "andrei",
        "andrey",
        "aleksei",
        "alexei",
        "dmitry",
        "igor",
        "nikolai",
        "oleg",
        "mikhail",
        "yuri",
        "ivan",
        "viktor",
        "anatoly",
        "elena",
        "olga",
        "tatiana",
        "irina",
        "natalia",
        "kim",
        "pak",
        "park",
        "ri",
        "lee",
        "yi",
        "choe",
        "choi",
        "jong",
        "jung",
        "chong",
        "wang",
        "li",
        "zhang",
        "liu",
        "chen",
        "yang",
        "huang",
        "zhao",
        "wu",
        "zhou",
        "nguyen",
        "tran",
    ]
    for fold in folds_of(plain(word))
)
"""Folds of names so frequent that meeting in one says little."""


def _gathered() -> tuple[dict[str, frozenset[int]], dict[str, frozenset[int]]]:
    full: dict[str, set[int]] = {}
    short: dict[str, set[int]] = {}
    for number, line in enumerate(filter(None, _NAMES.splitlines())):
        for part, into in zip(line.split("|"), (full, short), strict=False):
            for word in part.split():
                for fold in folds_of(plain(word)) if word.isascii() else (word,):
                    into.setdefault(fold, set()).add(number)
    return (
        {fold: frozenset(numbers) for fold, numbers in full.items()},
        {fold: frozenset(numbers) for fold, numbers in short.items()},
    )


_FULL, _SHORT = _gathered()
ARABIC_NAMES = frozenset(
    number
    for number, line in enumerate(filter(None, _NAMES.splitlines()))
    if "\u0621" <= line[0] <= "\u06d5"
)
"""Numbers of the names that begin with their Arabic form."""
_UYGHUR_AND_KURDISH = {
    "مۇههممهت": "محمد", "مهمهت": "محمد", "memet": "محمد", "محهمهد": "محمد", "احمهد": "احمد",
    "عهبدوڵڵا": "عبدله",
}  # fmt: skip
"""Forms in letters of their own, as `one_form` gives them, by the Arabic ones."""
_FULL |= {form: _FULL[name] for form, name in _UYGHUR_AND_KURDISH.items()}
_NONE: frozenset[int] = frozenset()
_STEMS: dict[str, frozenset[int]] = {}
for _fold, _numbers in _FULL.items():
    _stem = _fold.rstrip("aeiou")
    _STEMS[_stem] = _STEMS.get(_stem, _NONE) | _numbers


def classes_of(folds: tuple[str, ...]) -> frozenset[int]:
    """Give the names that some folds are forms of."""
    found: set[int] = set()
    for fold in folds:
        found |= _FULL.get(fold, _NONE) | _SHORT.get(fold, _NONE)
    return frozenset(found) if found else _NONE


def forms_of(names: frozenset[int]) -> list[str]:
    """Give all folds that are forms of some names, short ones too."""
    every = (*_FULL.items(), *_SHORT.items())
    return [fold for fold, numbers in every if not names.isdisjoint(numbers)]


def stems_of(stems: Iterable[str]) -> frozenset[int]:
    """Give the names that patronymics, cut behind the stem, were made from."""
    found: set[int] = set()
    for stem in stems:
        found |= _STEMS.get(stem.rstrip("aeiou"), _NONE)
    return frozenset(found) if found else _NONE


def is_short(folds: tuple[str, ...]) -> bool:
    """Say whether folds are a short form and no full name."""
    return any(fold in _SHORT and fold not in _FULL for fold in folds)
