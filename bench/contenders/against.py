"""Another cameo: the generator of --against with its own headers."""

import dataclasses

import against

from contenders import cameo


def load(task):
    return cameo.load(dataclasses.replace(task, options=against.options_of(task.options)))
