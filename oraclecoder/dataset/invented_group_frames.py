"""Frames of questions about groups of rows: of all, of the first ones, of those beyond a limit."""

EACH = (
    "for each {g}, show the {m}.",
    "{m} per {g}?",
    "what is the {m} by {g}?",
    "show each {g} with the {m}{w}.",
    "for every {g}: {m}{w}?",
    "list every {g} and the {m}{w}.",
    "per {g}, what is the {m}?",
)
EACH_COUNT = (
    "how many {n}{w} does each {g} {do}?",
    "how many {n}{w} were {done} by each {g}? show {g} and number.",
    "in how many {n}{w} is each {g} {done}? {g} and count.",
    "how are the {n}{w} spread over the {g}? {g} and number of {n}.",
    "how many {n}{w} for each {g}?",
    "how many {n} {past}{w} in each {g}? give {g} and number.",
)
"""Questions for the measure {m} of each group {g}, and for the number of rows {n}{w} alone."""
DOWN = (
    ", highest first.",
    ", largest first.",
    ", most first.",
    ", highest total first.",
    ", biggest number on top.",
    ", from most to least.",
    ", in descending order.",
    ", top ones first.",
)
UP = (", lowest first.", ", smallest first.", ", fewest first.", ", in ascending order.", ", from least to most.")
MOST, LEAST = ("the most", "the largest number of", "the greatest number of"), ("the fewest", "the least")
AMONG = (" among {n}{w}", ", counting only {n}{w}", " for {n}{w}", " over {n}{w}", " of {n}{w}")
"""Adds the rows and their conditions to a question that leaves them out."""

TOP_COUNT = (
    "which {g} has {most} {n}{w}?",
    "which {g} {past} {most} {n}{w}?",
    "in which {g} were {most} {n}{w} {done}?",
    "find the {g} with {most} {n}{w}.",
    "which {g} is {done} in {most} {n}{w}?",
    "the {g} with {most} {n}{w}?",
)
TOP_COUNTS = (
    "which {k}{g} have {most} {n}{w}?",
    "the {k}{g} with {most} {n}{w}?",
    "name the {k}{g} that {past} {most} {n}{w}.",
)
TOP_MEASURE = (
    "which {g} has {most} {m}?",
    "which {g} {past} {most} {m}?",
    "find the {g} with {most} {m}{w}.",
    "what is the {g} with {most} {m}{w}?",
)
TOP_MEASURES = (
    "which {k}{g} have {most} {m}{w}?",
    "the {k}{g} with {most} {m}{w}?",
    "list the {k}{g} with {most} {m}{w}.",
)
TOP_TOTAL = (
    "which {g} {past} the most {f} in total{w}?",
    "which {g} {past} the most {f}{w} altogether?",
    "in which {g} was the most {f} {done}{w}?",
    "where, by {g}, is the total {f}{w} highest?",
)
"""Questions for the first group and for the first {k} of them, by count, by a measure and by a sum of {f}."""

TWICE = ("which {g} {past} {n}{w} at least twice?", "which {g} is {done} in {n}{w} at least twice?")
MORE_THAN_ONE = (
    "which {g} {past} more than one of the {n}{w}?",
    "which {g} are {done} more than once in {n}{w}?",
)
BEYOND_COUNT = (
    "which {g} have {c} {n}{w}?",
    "which {g} {past} {c} {n}{w}?",
    "list {g} with {c} {n}{w}.",
    "find the {g} {done} in {c} {n}{w}.",
    "{g} that have {c} {n}{w}?",
)
BEYOND_MEASURE = (
    "which {g} have a {m} {c}{w}?",
    "which {g} {past} {c} in {m}{w}?",
    "list {g} whose {m} is {c}{w}.",
    "for which {g} is the {m} {c}{w}?",
)
BEYOND_TOTAL = ("which {g} {past} {c} {f}{w} in total?", "in which {g} did we {do} {c} {f}{w} altogether?")
"""Questions for the groups beyond a limit {c}, by count, by a measure and by a sum."""

AND_MEASURE = (" give {g} and number.", " return the {g} and the {m}.", " show the {g} and the value.")
"""Asks for the measure of the first groups, too."""
