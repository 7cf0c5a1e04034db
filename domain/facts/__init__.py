"""Every fact that can happen: declared once, with its stored name, who may tell it, and its fields.

A module for each kind of stream. The list is closed: what is not declared in one of them is refused, and a stored name
never changes."""

# Lists show facts in this order.
# isort: off
from domain.facts.base import *
from domain.facts.authority_base import *
from domain.facts.authorities import *
from domain.facts.announcements import *
from domain.facts.successions import *
from domain.facts.elements import *
from domain.facts.other_inspections import *
from domain.facts.authority_groups import *
from domain.facts.files import *
from domain.facts.sources import *
from domain.facts.people import *
from domain.facts.plans import *
from domain.facts.questions import *
from domain.facts.meetings import *
from domain.facts.log import *
from domain.facts.public import *
