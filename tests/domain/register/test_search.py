"""What people type, and whom they mean by it."""

from __future__ import annotations

import pytest

from domain.register.register import REGISTER
from domain.register.search import LONGEST, Fit, folded, meant, search

EVERYBODY = tuple(sorted((one.facts for one in REGISTER), key=lambda facts: facts.abolished_on is not None))
TODAY = tuple(one.facts for one in REGISTER.current)

FIRST = """
Leics|Leicestershire
leics.|Leicestershire
Notts|Nottinghamshire
Herts|Hertfordshire
Bucks|Buckinghamshire
Glos|Gloucestershire
Gloucs|Gloucestershire
Wilts|Wiltshire
Lancs|Lancashire
Lincs|Lincolnshire
Cambs|Cambridgeshire
Oxon|Oxfordshire
Hants|Hampshire
Staffs|Staffordshire
Warks|Warwickshire
Worcs|Worcestershire
Derbys|Derbyshire
Shrops|Shropshire
Salop|Shropshire
N Yorks|North Yorkshire
North Yorks|North Yorkshire
E Yorks|East Riding of Yorkshire
East Riding|East Riding of Yorkshire
N Lincs|North Lincolnshire
NE Lincs|North East Lincolnshire
S Glos|South Gloucestershire
South Glos|South Gloucestershire
W Sussex|West Sussex
e sussex|East Sussex
sussex west|West Sussex
Central Beds|Central Bedfordshire
West Berks|West Berkshire
Berks|West Berkshire
BCP|Bournemouth, Christchurch and Poole
b.c.p.|Bournemouth, Christchurch and Poole
B C P|Bournemouth, Christchurch and Poole
BCP Council|Bournemouth, Christchurch and Poole
christchurch|Bournemouth, Christchurch and Poole
BANES|Bath and North East Somerset
B&NES|Bath and North East Somerset
Bath|Bath and North East Somerset
RBKC|Kensington and Chelsea
K&C|Kensington and Chelsea
Chelsea|Kensington and Chelsea
kensington & chelsea|Kensington and Chelsea
LBHF|Hammersmith and Fulham
H&F|Hammersmith and Fulham
Fulham|Hammersmith and Fulham
LBBD|Barking and Dagenham
Dagenham|Barking and Dagenham
LBTH|Tower Hamlets
towerhamlets|Tower Hamlets
RBWM|Windsor and Maidenhead
Maidenhead|Windsor and Maidenhead
RBK|Kingston upon Thames
Kingston|Kingston upon Thames
Kingston on Thames|Kingston upon Thames
RBG|Greenwich
Royal Borough of Greenwich|Greenwich
London Borough of Lambeth|Lambeth
LB Lambeth|Lambeth
Lambeth Council|Lambeth
Richmond|Richmond upon Thames
St Helens|St. Helens
St. Helens|St. Helens
st helen's|St. Helens
Saint Helens|St. Helens
StHelens|St. Helens
Brighton|Brighton and Hove
Brighton & Hove|Brighton and Hove
hove|Brighton and Hove
Hull|Kingston upon Hull, City of
Kingston upon Hull|Kingston upon Hull, City of
Bristol|Bristol, City of
City of Bristol|Bristol, City of
Bristol City Council|Bristol, City of
Durham|Durham
County Durham|Durham
Co Durham|Durham
Durham County Council|Durham
Newcastle|Newcastle upon Tyne
Newcastle-upon-Tyne|Newcastle upon Tyne
newcastle on tyne|Newcastle upon Tyne
Stoke|Stoke-on-Trent
Stoke on Trent|Stoke-on-Trent
stokeontrent|Stoke-on-Trent
Southend|Southend-on-Sea
Southend on Sea|Southend-on-Sea
Stockton|Stockton-on-Tees
Telford|Telford and Wrekin
telford & wrekin|Telford and Wrekin
Wrekin|Telford and Wrekin
Redcar|Redcar and Cleveland
Blackburn|Blackburn with Darwen
BwD|Blackburn with Darwen
Darwen|Blackburn with Darwen
CWaC|Cheshire West and Chester
Chester|Cheshire West and Chester
Cheshire West|Cheshire West and Chester
Cheshire|Cheshire East
MK|Milton Keynes
IoW|Isle of Wight
Isle of Wigt|Isle of Wight
Scilly|Isles of Scilly
Wolves|Wolverhampton
Brum|Birmingham
Soton|Southampton
Bedford|Bedford Borough
Windsor|Windsor and Maidenhead
City of London|City of London
Corporation of London|City of London
York|York
city of york|York
Leicester|Leicester
Leicester City Council|Leicester
Derby|Derby
Nottingham City|Nottingham
Kent CC|Kent
KCC|Kent
Essex County Council|Essex
Dorset|Dorset
Surrey|Surrey
Cumberland|Cumberland
Westmorland|Westmorland and Furness
Westmoreland|Westmorland and Furness
haringay|Haringey
HARINGEY|Haringey
haring|Haringey
Midlesbrough|Middlesbrough
Middlesborough|Middlesbrough
Worcestersihre|Worcestershire
Liecester|Leicester
Sheffeild|Sheffield
Herefordshir|Herefordshire
Wakefeild|Wakefield
Kensingtn|Kensington and Chelsea
Leds|Leeds
Lewisam|Lewisham
Est Sussex|East Sussex
80426|Barnsley
E08000016|Barnsley
e08000038|Barnsley
303|Bexley
"""


def _table(table: str) -> list[list[str]]:
    return [line.split("|") for line in table.strip().splitlines()]


@pytest.mark.parametrize(("typed", "wanted"), _table(FIRST))
def test_what_people_type_finds_first_whom_they_mean(typed: str, wanted: str):
    assert [hit.facts.name for hit in search(typed, EVERYBODY)][:1] == [wanted]


def test_the_table_is_long_enough_to_mean_something():
    assert len(_table(FIRST)) >= 120


def test_no_letter_that_slips_hides_an_authority():
    """Any letter of its name dropped, changed or swapped with the next: it is among the first three."""
    hidden = [
        (facts.name, typed)
        for facts in TODAY
        if len(facts.name) >= 5
        for typed in _slips(facts.name)
        if facts.urn not in [hit.facts.urn for hit in search(typed, EVERYBODY)[:3]]
    ]
    assert hidden == []


def _slips(name: str) -> set[str]:
    made = set()
    for place, letter in enumerate(name):
        before, after = name[:place], name[place + 1 :]
        if letter.isalpha():
            made |= {before + after, before + ("x" if letter != "x" else "y") + after}
        if letter.isalpha() and after[:1].isalpha():
            made.add(before + after[0] + letter + after[1:])
    return made


@pytest.mark.parametrize(
    ("typed", "ended", "follow"),
    [
        ("Cumbria", "Cumbria", {"Cumberland", "Westmorland and Furness"}),
        ("Northants", "Northamptonshire", {"North Northamptonshire", "West Northamptonshire"}),
        ("Bournemouth", "Bournemouth", {"Bournemouth, Christchurch and Poole"}),
        ("poole", "Poole", {"Bournemouth, Christchurch and Poole"}),
    ],
)
def test_one_that_ended_leads_to_those_that_follow_and_to_none_of_them_unasked(
    typed: str, ended: str, follow: set[str]
):
    hits = search(typed, EVERYBODY)
    assert hits[0].facts.name == ended
    assert {hit.facts.name for hit in hits if hit.fit is Fit.FOLLOWS} == follow
    assert meant(hits) is None


@pytest.mark.parametrize("typed", ["Leics", "york", "Dorset", "Surrey", "303", "LBHF", "lanc", "Leicester"])
def test_the_only_one_of_a_name_is_meant_beyond_doubt(typed: str):
    hits = search(typed, EVERYBODY)
    assert meant(hits) == hits[0].facts


@pytest.mark.parametrize("typed", ["haringay", "Boston", "NCC", "Cheshire", "north", "Berks", "erewhon", "", " . "])
def test_nobody_is_meant_where_several_may_be_or_only_one_is_near(typed: str):
    assert meant(search(typed, EVERYBODY)) is None


@pytest.mark.parametrize("typed", ["Kemt", "Buru", "Yrok", "zzz", "Atlantis"])
def test_short_words_and_strange_ones_are_near_nobody(typed: str):
    assert search(typed, EVERYBODY) == ()


def test_what_fits_leaves_no_room_for_what_is_only_near():
    assert {hit.fit for hit in search("Halton", EVERYBODY)} == {Fit.NAME}


def test_a_county_without_a_council_leads_to_those_in_it():
    assert [hit.facts.name for hit in search("Berkshire", TODAY)] == [
        "West Berkshire",
        "Bracknell Forest",
        "Reading",
        "Slough",
        "Windsor and Maidenhead",
        "Wokingham",
    ]


def test_no_more_is_compared_or_kept_than_a_name_may_be_long():
    assert len(folded("st " * 100_000)) <= LONGEST
