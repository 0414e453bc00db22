"""Damage to the fields of a model, rather than to its bytes: what comes out is a protobuf message again, and means
something else."""

from google.protobuf.descriptor import FieldDescriptor as Field

INTEGERS = [
    0,
    1,
    2,
    -1,
    3,
    7,
    8,
    16,
    255,
    -128,
    1 << 16,
    (1 << 31) - 1,
    -(1 << 31),
    1 << 36,
    1 << 40,
    (1 << 62) + 1,
    (1 << 63) - 1,
    -(1 << 63),
]
FLOATS = [0.0, -0.0, 1.0, -1.0, 0.5, 1e-38, 3e38, float("inf"), float("-inf"), float("nan")]
LIMITS = {Field.TYPE_INT32: 31, Field.TYPE_INT64: 63, Field.TYPE_ENUM: 31}
LARGEST_COPY = 1 << 12


def is_message(field):
    return field.type == Field.TYPE_MESSAGE


def messages(root):
    """Every message within a message, itself included, with the ways to them in no particular depth."""
    found, open_ = [], [root]
    while open_:
        message = open_.pop()
        found.append(message)
        for field, value in message.ListFields():
            if is_message(field):
                open_.extend(value if field.is_repeated else [value])
    return found


class Pool:
    """Parts of all seeds by their kind: messages by their type, texts."""

    def __init__(self, models):
        self.messages, texts = {}, {"", "\n", "%s", "../x", "\u00e9" * 9}
        for model in models:
            for message in messages(model):
                if message.ByteSize() < LARGEST_COPY:
                    self.messages.setdefault(message.DESCRIPTOR.full_name, []).append(message)
                for field, value in message.ListFields():
                    if field.type == Field.TYPE_STRING:
                        texts.update(value if field.is_repeated else [value])
        self.texts = sorted(texts)


def scalar(field, pick, pool, old, model_texts):
    if field.type == Field.TYPE_STRING:
        return pick.choice(model_texts if model_texts and pick.random() < 0.7 else pool.texts)
    if field.type == Field.TYPE_BYTES:
        data = bytearray(old or b"\0")[: 1 << 16]
        change = pick.randrange(4)
        if change == 0:
            del data[pick.randrange(len(data) + 1) :]
        elif change == 1:
            data += data[: pick.randrange(64)]
        else:
            for _ in range(pick.choice([1, 4, 64])):
                if data:
                    data[pick.randrange(len(data))] = pick.choice([0, 1, 0x7F, 0x80, 0xFF])
        return bytes(data)
    if field.type in (Field.TYPE_FLOAT, Field.TYPE_DOUBLE):
        return pick.choice(FLOATS)
    bits = LIMITS.get(field.type)
    number = pick.choice(INTEGERS) if pick.random() < 0.7 else (old or 0) + pick.choice([-1, 1, 2, -2])
    if field.type == Field.TYPE_ENUM:
        return pick.choice(field.enum_type.values).number
    if bits is None:  # unsigned
        return number & ((1 << (32 if field.type == Field.TYPE_UINT32 else 64)) - 1)
    return max(-(1 << bits), min(number, (1 << bits) - 1))


def change_list(field, values, pick, pool, texts):
    """An element of a repeated field goes, comes twice, moves, or becomes another."""
    change = pick.randrange(5)
    at = pick.randrange(len(values)) if values else 0
    if change == 0 and values:
        del values[at]
    elif change == 1 and values:
        for _ in range(pick.choice([1, 1, 2, 20])):
            values.append(values[at])
    elif is_message(field):
        candidates = pool.messages.get(field.message_type.full_name)
        if change == 2 and len(values) > 1:
            other = pick.randrange(len(values))
            kept = type(values[at])()
            kept.CopyFrom(values[at])
            values[at].CopyFrom(values[other])
            values[other].CopyFrom(kept)
        elif candidates and change == 3 and values:
            values[at].CopyFrom(pick.choice(candidates))
        elif candidates:
            values.add().CopyFrom(pick.choice(candidates))
    elif values and change < 4:
        values[at] = scalar(field, pick, pool, values[at], texts)
    else:
        values.append(scalar(field, pick, pool, None, texts))


def change_field(message, field, pick, pool, texts):
    if field.is_repeated:
        change_list(field, getattr(message, field.name), pick, pool, texts)
    elif is_message(field):
        candidates = pool.messages.get(field.message_type.full_name)
        if candidates and pick.random() < 0.8:
            getattr(message, field.name).CopyFrom(pick.choice(candidates))
        else:
            message.ClearField(field.name)
    elif pick.random() < 0.1:
        message.ClearField(field.name)
    else:
        setattr(message, field.name, scalar(field, pick, pool, getattr(message, field.name), texts))


def mutate(model, pick, pool):
    """Changes one to eight fields of a model, mostly fields that are there."""
    for _ in range(pick.choice([1, 1, 2, 3, 8])):
        all_ = messages(model)
        texts = [text for m in all_ if m.DESCRIPTOR.name == "NodeProto" for text in [*m.input, *m.output]]
        message = pick.choice(all_)
        there = [field for field, value in message.ListFields()]
        field = pick.choice(there if there and pick.random() < 0.85 else message.DESCRIPTOR.fields)
        change_field(message, field, pick, pool, texts)
