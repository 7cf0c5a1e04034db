"""Who a list says owns an action: offices are told from people, and what looks like a person's name is held back.

An office is known by its words, such as head, director or team, by letters such as DCS, or because it owns actions of
the plan already. Whatever is not known as one is held back, and an officer says once which office is meant."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from domain.plans.checks import LONGEST_OFFICE
from web.intake.tables import collapsed

NO_OFFICE = "No office yet"
"""The owner of an action for which a list names none."""


@dataclass(frozen=True)
class OwnerReading:
    """The office that a cell names first, empty where it names none; the other offices; and what was held back because
    it looks like a person or is not known as an office."""

    office: str
    others: tuple[str, ...] = ()
    held_back: tuple[str, ...] = ()


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WORDS = _words("""
head heads director directors directorate deputy assistant manager managers mgr lead leads leader officer officers
service services team teams unit board panel partnership partners group committee department dept division
coordinator co-ordinator chair commissioner commissioners commissioning executive principal practitioner worker
workers consultant adviser advisor advisers analyst administrator business support hub forum network strategy
school schools headteacher governors virtual nurse health police trust council cabinet member members portfolio
monitoring legal finance hrbp performance quality assurance safeguarding fostering adoption placements permanence
sufficiency edge front door early help youth justice education housing commissioned corporate parenting participation
training workforce academy communications improvement programme project transformation social care leaving children's
childrens families family inspection reviewing dcss agency provider providers lawyer solicitor accountant everyone data
""")
"""Words of which an office has one or more; a person's name none."""

_LETTERS = _words("""
dcs dass dph ad ads adcs psw hos hoss iro iros lado mash ceo cfo cex slt smt dlt dmt clt csc cic cla lac qa hr ict it bp
vsh vs od pmo send yot yjs icb nhs sro sm tm gm fgc mst coo svc dpo all
""")
"""Letters that stand for an office or a service; any others may be a person's."""

_TOO_LITTLE = _words("lead leads officer owner all member members")
"""Words that name no office alone."""

_GIVEN = _words("""
 aisha ali alice alison amanda amir amy andrea andrew angela anita ann anna anne anthony asha barbara becky ben beth
bob brian carol caroline catherine charlotte chris christine claire clare colin craig daniel dave david dawn deborah
debbie diane donna elaine elizabeth emily emma fatima fiona gareth gary gemma george geoff gillian graham hannah harry
hassan heather helen ian imran jack jackie jacqueline james jamie jane janet jason jean jenny jennifer jessica jim jo
joan joanna joanne joe john jonathan joseph judith julia julie karen kate katherine kathryn katie keith kelly kevin
kim laura lauren leanne lee lesley linda lisa liz louise lucy lynn margaret maria marie martin mary matthew maureen
melanie michael michelle mike mohammed muhammad natalie neil nicola nigel nick oliver omar pam pamela patricia patrick
paul pauline peter phil philip priya rachel rebecca richard rob robert robin ruth sally sam samantha sandra sanjay
sarah sharon sheila simon sophie stephanie stephen steve steven stuart sue susan suzanne teresa tim tina tom tony
tracey tracy vicky victoria wendy yvonne zoe
""")
"""Given names that are no word of an office: beside one, a name is held back."""

_NOBODY = frozenset(
    ("", "tbc", "tba", "tbd", "n/a", "na", "none", "vacant", "to be confirmed", "to be agreed", "unknown")
)
_FAULT = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)")
"""What a spreadsheet shows for a formula that failed."""
_BROKEN = re.compile(r"(?:(?<=\bof)|(?<=\bfor)|(?<=\band)|(?<=&))\s*\n\s*|\s*\n\s*(?=(?:of|for|and)\b|&)", re.I)
"""A line broken in the middle of an office's name."""
_TITLES = re.compile(r"\b(?:cllr|councillor|mr|mrs|ms|miss|dr|sir|dame|prof)\b\.?", re.IGNORECASE)
_ROUND = str.maketrans("[]{}<>", "()()()")
"""Brackets of any shape are read as round ones."""

_BRACKET = re.compile(r"\(([^()]*)\)")
_PARTS = re.compile(r"\s*[/;\n|+]\s*|\s*,\s*|\s+&\s+|\s+and\s+|\s+with\s+", re.IGNORECASE)
_HARD = re.compile(
    r"\s*[/;\n|+]\s*|\s+(?:and|&)\s+(?=(?:the )?(?:head|director|ad|dcs|assistant|principal|service m|all)\b)", re.I
)
_DASH = re.compile(r"\s+[-–—]\s+|\s*:\s+")
_INITIAL = re.compile(r"\b[A-Z]\.?\s*\b([A-Z][a-z]{2,})")
_CAPITALS = re.compile(r"[A-Z]{2,5}")


def owner_reading(text: str, known: Collection[str] = ()) -> OwnerReading:
    """What a cell says; `known` are offices by their names, as they are compared by `collapsed`."""
    if collapsed(text) in known:
        return OwnerReading(_fits(" ".join(text.split())))
    said = _BROKEN.sub(" ", text.translate(_ROUND).strip())
    if collapsed(said).strip(" .-–?") in _NOBODY or _FAULT.fullmatch(said):
        return OwnerReading("")
    if _is_office(said, known) and not _TITLES.search(said) and not _HARD.search(said):
        bare = _without_people(said, known)
        if bare == said:
            return OwnerReading(_fits(" ".join(said.split())))
    offices: list[str] = []
    held: list[str] = []
    for part in filter(None, (one.strip(" .,-–") for one in _PARTS.split(_spaced(said)))):
        office = _office_of(part, known)
        if office:
            offices.append(_fits(office))
        if not office or office != part:
            held.append(part)
    offices = sorted(dict.fromkeys(offices), key=lambda office: "member" in collapsed(office).split())
    return OwnerReading(offices[0] if offices else "", tuple(offices[1:]), tuple(dict.fromkeys(held)))


def _spaced(text: str) -> str:
    """A bracket that names a person or an office is a part of its own where it holds several."""
    return " ".join(text.replace("\n", " ; ").split())


def _without_people(text: str, known: Collection[str]) -> str:
    """The same text, unless a part of it set off by a comma, a dash or a bracket is a person's."""
    parts = [part.strip() for one in _DASH.split(_BRACKET.sub(r" , \1 ", text)) for part in one.split(",")]
    return text if all(_is_office(part, known) for part in parts if part) or len(parts) == 1 else ""


def _office_of(part: str, known: Collection[str]) -> str:
    """The office of one part: itself, or what stands in brackets or behind a dash; empty for a person."""
    if collapsed(part) in known:
        return part
    pieces = [*_BRACKET.findall(part), *_DASH.split(_BRACKET.sub("", part))]
    if len(pieces) > 1:
        offices = [piece.strip() for piece in pieces if piece.strip() and _is_office(piece, known)]
        if len(offices) == len([piece for piece in pieces if piece.strip()]):
            return part
        return offices[0] if offices else ""
    if (named := _person_at(part)) is not None:
        before = part[:named].strip(" ,:-–")
        return before if before and _is_office(before, known) else ""
    return part if _is_office(part, known) else ""


def _person_at(text: str) -> int | None:
    """Where a person's name begins that stands beside an office: at a given name, or at an initial and a surname."""
    given = [one.start() for one in re.finditer(r"[A-Za-z]+", text) if one[0].casefold() in _GIVEN]
    initials = [one.start() for one in _INITIAL.finditer(text) if one[1].casefold() not in _WORDS]
    return min(given + initials, default=None)


def _is_office(text: str, known: Collection[str]) -> bool:
    said = collapsed(text).strip(" .")
    if not said or "@" in said or _TITLES.search(said):
        return False
    if said in known:
        return True
    words = re.findall(r"[a-z][a-z'-]*", said)
    if said in _TOO_LITTLE or _person_at(text) is not None:
        return False
    if any(word in _WORDS and len(word) > 3 for word in words):
        return True
    if _CAPITALS.fullmatch(text.strip()):
        return said in _LETTERS
    return any(word in _LETTERS or word in _WORDS for word in words if word not in ("it", "pa", "ps", "sm", "tm"))


def _fits(office: str) -> str:
    return office if len(office) <= LONGEST_OFFICE else office[: LONGEST_OFFICE - 1].rstrip() + "…"
