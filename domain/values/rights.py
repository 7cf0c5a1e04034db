"""What somebody on the roll needs to tell a fact of a plan or a meeting."""

from enum import Enum


class Right(Enum):
    """What somebody on the roll needs to tell a fact; the words are the refusal."""

    RECORD = "Only an officer or approver of this authority may do that. If it is your work, ask an administrator."
    APPROVE = "Only an approver of this authority may do that, and never for what they reported themselves."
    ASK = "Only a member may ask. If you need to, ask an administrator for that role."
    TAKE_BACK = "Only the member who asked may withdraw the question, or an approver of this authority."
    ERASE = "Only an administrator may erase words. Ask one, and say which words and why."
