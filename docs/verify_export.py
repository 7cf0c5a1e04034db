#!/usr/bin/env python3
"""Checks the inspection timeline's log without the product: Python 3.9 or newer, nothing else needed.

    python3 -I verify_export.py [EXPORT] [--key KEY] [--checkpoint FILE]... [--receipt FILE]...

EXPORT is what `ledger export` wrote; without one, receipts are checked against checkpoints of the same size. KEY is the
public key you were given; without it the export's own first key is used, and that is said. A checkpoint is a signed
note you kept, or typed from paper; a receipt the JSON of `ledger proof` or of the page that recorded something.
ledger-format.md describes the format; this program follows it line by line and shares no code with the product. It ends
with 0 (everything is right), 1 (found wanting) or 2 (could not be checked)."""

import argparse
import base64
import hashlib
import json
import re
import sys
from contextlib import suppress
from pathlib import Path

# --- Ed25519, RFC 8032, section 5.1: verification only ---------------------------------------------------------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_1 = pow(2, (P - 1) // 4, P)


def add(p, q):
    """The sum of two points (x, y, z, t), where x = X/Z, y = Y/Z and t = XY/Z."""
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number, point):
    total = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = add(total, point)
        number, point = number >> 1, add(point, point)
    return total


def point_of(raw):
    """The point that 32 bytes stand for, or None."""
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    x = x * ROOT_OF_MINUS_1 % P if (x * x - x2) % P else x
    if y >= P or (x * x - x2) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signed(key, text, signature):
    """Whether the Ed25519 key signed these bytes."""
    a, r, s = point_of(key), point_of(signature[:32]), int.from_bytes(signature[32:], "little")
    if len(key) != 32 or len(signature) != 64 or a is None or r is None or s >= ORDER:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + text).digest(), "little") % ORDER
    left, right = times(s, BASE), add(r, times(h, a))
    return not (left[0] * right[2] - right[0] * left[2]) % P and not (left[1] * right[2] - right[1] * left[2]) % P


# --- the tree, RFC 9162, section 2.1 ---------------------------------------------------------------------------------


def sha256(raw):
    return hashlib.sha256(raw).digest()


class Tree:
    """Grows by leaves; the roots of its perfect parts are kept, the largest first."""

    def __init__(self):
        self.size, self.peaks = 0, []

    def append(self, leaf):
        self.size = rest = self.size + 1
        while not rest & 1:
            leaf, rest = sha256(b"\1" + self.peaks.pop() + leaf), rest >> 1
        self.peaks.append(leaf)

    def root(self):
        found = self.peaks[-1] if self.peaks else sha256(b"")
        for peak in reversed(self.peaks[:-1]):
            found = sha256(b"\1" + peak + found)
        return found


def leads_to(leaf, number, size, path, root):
    """Whether an inclusion proof holds: 2.1.3.2 of the RFC, with leaves counted from 0."""
    if not 0 <= number < size:
        return False
    last, found = size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if number & 1 or number == last:
            found = sha256(b"\1" + step + found)
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            found = sha256(b"\1" + found + step)
        number, last = number >> 1, last >> 1
    return last == 0 and found == root


def leaf_of(origin, event):
    """The leaf of an event: every field with its length before it."""
    texts = "timeline-leaf/1", origin, event["stream"], str(event["version"]), event["topic"]
    saved = event["recorded_at"].encode(), event["command"].encode()
    fields = *(text.encode() for text in texts), base64.b64decode(event["bytes"]), *saved
    return sha256(b"\0" + b"".join(len(field).to_bytes(4, "big") + field for field in fields))


NOTE = re.compile("\n*((?:[^\n]+\n)+)\n((?:— [^ \n]+ [A-Za-z0-9+/=]+\n)+)\n*")


def notes_in(text, where):
    """Every signed note of C2SP in a text: what was signed, and pairs of a key's name with its id and the signature."""
    found, at, text = [], 0, text.rstrip("\n") + "\n"  # its last line may have been copied without its end
    while at < len(text) or not found:
        match = NOTE.match(text, at)
        if not match:
            raise ValueError(f"{where} is not a signed note, or is damaged")
        lines = re.findall("— ([^ \n]+) ([^ \n]+)\n", match[2])
        found.append((match[1], [(name, base64.b64decode(raw)) for name, raw in lines]))
        at = match.end()
    return found


def key_of(text):
    """A public key: its name, its id and its 32 bytes."""
    name, identity, encoded = text.strip().split("+", 2)
    raw = base64.b64decode(encoded)
    if sha256(name.encode() + b"\n" + raw)[:4].hex() != identity or raw[:1] != b"\1" or len(raw) != 33:
        raise ValueError(f"{text.strip()} is not a public key, or is damaged")
    return name, bytes.fromhex(identity), raw[1:]


def signed_by(key, note):
    text, ours = note[0].encode(), [raw[4:] for name, raw in note[1] if (name, raw[:4]) == key[:2]]
    return any(signed(key[2], text, signature) for signature in ours)


def checkpoint_of(note):
    origin, size, root, *_ = note[0].split("\n")
    return origin, int(size), base64.b64decode(root)


def trusted(pinned, rotations):
    """The pinned key, and each that a statement signed by both keys joins to one we trust."""
    keys, pairs = [pinned], []
    for text in rotations:
        note = notes_in(text, "a key's rotation")[0]
        name, kind, was, now, *_ = note[0].split("\n")
        old, new = key_of(was), key_of(now)
        if kind == "key rotation" and name == old[0] == new[0] and signed_by(old, note) and signed_by(new, note):
            pairs += [(old, new), (new, old)]
    for _ in pairs:
        keys += [other for known, other in pairs if known in keys and other not in keys]
    return keys


def told_in(raw, formats, otherwise):
    """What a JSON object of one of these formats says. Raises ValueError in the words `otherwise` where it is none."""
    with suppress(ValueError, TypeError, KeyError):
        found = json.loads(raw)
        if found["format"] in formats:
            return found
    raise ValueError(otherwise)


def receipt_in(path):
    """Each entry that a receipt shows, its leaf, the tree it was proved in, whether it was, and the signed note."""
    whole = told_in(Path(path).read_bytes(), ("timeline-proof/1", "timeline-receipt/1"), f"{path} is not a receipt")
    note = notes_in(whole["checkpoint"], path)[0] if whole["checkpoint"] else None
    tree = whole["origin"], whole["tree"]["size"], base64.b64decode(whole["tree"]["root"])
    if bare := bool(whole.get("withheld")) and not any(whole["event"].values()):
        print(f"Note: {path} withholds the event: only its leaf and the path from it are checked.")
    for part in whole.get("entries", [whole]):
        leaf = base64.b64decode(part["leaf"]) if bare else leaf_of(tree[0], part["event"])
        steps = [base64.b64decode(step) for step in part["inclusion"]]
        holds = leads_to(leaf, part["seq"] - 1, tree[1], steps, tree[2])
        yield part, leaf, tree, holds and (note is None or checkpoint_of(note) == tree), note


def check_receipts(key, notes, receipts):
    """What is wrong with receipts, in words, where there is no export to look them up in; and what was checked."""
    if not key or not receipts:
        raise ValueError("without an export, receipts and the public key you were given are needed")
    if not notes:
        raise ValueError("this receipt has no signed checkpoint; download it again after one was signed")
    faults, trees = [], {tree for _, _, tree, _, _ in receipts}
    if {size for _, size, _ in trees} != {checkpoint_of(note)[1] for note, _ in notes}:
        raise ValueError("a receipt and its checkpoint must be of the same size; for others an export is needed")
    for note, where in notes:
        if not signed_by(key_of(key), note) or checkpoint_of(note) not in trees:
            faults.append(f"the checkpoint in {where} is not the key's, or is of another log")
    for part, _, _, holds, _ in receipts:
        topic, saved = (part["event"][key] or "withheld" for key in ("topic", "recorded_at"))
        print(f"Entry {part['seq']}: {topic}, saved {saved}")
        faults += [] if holds else [f"entry {part['seq']}: the receipt does not prove itself"]
    return faults, f"{sum(bool(part['event']['topic']) for part, *_ in receipts)} entries shown"


def check(options):
    """What is wrong, in words, one by one; and what was checked. Prints what was found on the way."""
    faults, receipts = [], [entry for path in options.receipt for entry in receipt_in(path)]
    notes = [(note, path) for path in options.checkpoint for note in notes_in(Path(path).read_text("utf-8"), path)]
    notes += [(note, "a receipt") for *_, note in receipts if note]
    if not options.export:
        return check_receipts(options.key, notes, receipts)
    with open(options.export, "rb") as file:
        otherwise = f"{options.export} is not an export of a log; a receipt is given with --receipt"
        head = told_in(file.readline(), ("timeline-export/1",), otherwise)
        origin, tree, versions, rotations, shown, last, roots = head["origin"], Tree(), {}, [], {}, 0, {0: sha256(b"")}
        sizes = {of[1] for _, _, of, _, _ in receipts} | {checkpoint_of(note)[1] for note, _ in notes}
        for line in map(json.loads, file):
            if "checkpoint" in line:
                notes += [(note, "the export") for note in notes_in(line["checkpoint"], options.export)]
                sizes.add(checkpoint_of(notes[-1][0])[1])
                continue
            seq, where = line["seq"], f"entry {line['seq']}, position {line['position']}"
            if "bytes" not in line:
                faults.append(f"{where}: its event is gone")
            else:
                computed = leaf_of(origin, line)
                if seq is None:
                    faults.append(f"position {line['position']}: an event that the tree does not have")
                elif computed != base64.b64decode(line["leaf"]):
                    faults.append(f"{where}: the event is not the one that was kept")
                before = versions.get(line["stream"], 0)
                if line["version"] != before + 1:
                    faults.append(f"{where}: version {line['version']} of its stream follows version {before}")
                versions[line["stream"]] = line["version"]
                if line["topic"] == "signing_key.replaced":
                    rotations.append(json.loads(base64.b64decode(line["bytes"]))["note"])
                shown[seq] = computed
            if seq is not None:
                if seq != last + 1:
                    faults.append(f"{where}: entry {last + 1} should come here")
                last = seq
                tree.append(base64.b64decode(line["leaf"]))
                if tree.size in sizes:
                    roots[tree.size] = tree.root()
    root = base64.b64encode(tree.root()).decode()
    if (tree.size, root) != (head["size"], head["root"]):
        faults.append(f"the head says {head['size']} entries, root {head['root']}: the leaves do not make it up")
    if head["made_later"]:
        print(f"Note: the store says that entries 1 to {head['made_later']} got their leaves on {head['begun'][:10]}.")
    if notes and not options.key and not head["public_keys"]:
        raise ValueError("there is no public key to check signatures with; give one with --key")
    keys = trusted(key_of(options.key or head["public_keys"][0]), rotations) if notes else []
    for note, where in notes:
        name, size, signed_root = checkpoint_of(note)
        if name != origin or size > tree.size or roots.get(size) != signed_root:
            faults.append(f"the checkpoint of {size} entries (in {where}) is of another log than this")
        if not any(signed_by(key, note) for key in keys):
            faults.append(f"the checkpoint of {size} entries (in {where}) is not the key's")
    if not notes:
        print("Note: no checkpoint was there to compare with: nothing outside the export vouches for it.")
    elif not options.key:
        print("Note: the key is the export's own. Compare it with one you were given: " + head["public_keys"][0])
    for part, leaf, of, holds, _ in receipts:
        if not holds:
            faults.append(f"entry {part['seq']}: the receipt does not prove itself")
        elif of[0] != origin or shown.get(part["seq"]) != leaf:
            faults.append(f"entry {part['seq']}: the log does not show what the receipt shows")
        elif roots.get(of[1]) != of[2]:
            faults.append(f"entry {part['seq']}: the log is not a continuation of the one the receipt is from")
    return faults, f"{tree.size} entries, root {root}"


def main():
    parser = argparse.ArgumentParser(description="Check an export or receipts without the product.")
    parser.add_argument("export", metavar="EXPORT", nargs="?")
    parser.add_argument("--key", metavar="KEY", help="the public key you were given")
    parser.add_argument("--checkpoint", metavar="FILE", action="append", default=[], help="signed notes you kept")
    parser.add_argument("--receipt", metavar="FILE", action="append", default=[], help="receipts you kept")
    options = parser.parse_args()
    try:
        faults, checked = check(options)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as fault:
        print(f"COULD NOT CHECK: {fault or type(fault).__name__}")
        return 2
    print(*faults, f"{'NOT OK' if faults else 'OK'}: {checked}", sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
