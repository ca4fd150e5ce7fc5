"""Words that stand for a column without naming it: verbs, comparatives and superlatives."""

VERBS = {
    "price": ("that cost", "costing", "priced at", "which cost"),
    "cost": ("that cost", "costing"),
    "salary": ("that earn", "earning", "who earn", "paid"),
    "fee": ("that charge", "charging", "that cost"),
    "weight": ("that weigh", "weighing"),
    "age": ("aged", "who are"),
    "capacity": ("that hold", "holding", "with room for"),
    "quantity": ("that have", "with"),
    "rating": ("rated",),
    "score": ("that scored", "scoring"),
    "height": ("measuring",),
    "length": ("that last", "lasting"),
    "points": ("that won", "winning"),
}
"""Verbs in place of the name of a number."""
TIME_VERBS = {
    "birth": ("born", "who were born"),
    "founded": ("founded", "that were founded"),
    "opening": ("opened", "that opened"),
    "start": ("that started", "starting", "that began"),
    "end": ("that ended", "ending"),
    "hire": ("hired", "who were hired"),
    "built": ("built", "that were built"),
    "created": ("created", "made"),
    "release": ("released", "that came out"),
    "due": ("due",),
    "date": ("dated", "from", "placed", "made"),
    "join": ("who joined", "that joined"),
    "updated": ("updated", "changed"),
    "year": ("from", "of"),
    "season": ("from",),
}
"""Verbs in place of the name of a time, by one of its words."""
COMPARED = {
    "age": ("older than", "younger than"),
    "height": ("taller than", "shorter than"),
    "weight": ("heavier than", "lighter than"),
    "length": ("longer than", "shorter than"),
    "price": ("dearer than", "cheaper than"),
    "size": ("larger than", "smaller than"),
}
"""Comparatives in place of the name of a number: above, below."""
EXTREME = {
    "age": (("oldest",), ("youngest",)),
    "height": (("tallest", "highest"), ("shortest", "lowest")),
    "weight": (("heaviest",), ("lightest",)),
    "length": (("longest",), ("shortest",)),
    "price": (("most expensive", "dearest", "priciest"), ("cheapest", "least expensive")),
    "cost": (("most expensive", "costliest"), ("cheapest",)),
    "size": (("largest", "biggest"), ("smallest",)),
    "salary": (("best paid", "highest paid"), ("worst paid",)),
    "date": (("latest", "newest", "most recent"), ("earliest", "oldest", "first")),
    "year": (("newest", "most recent", "latest"), ("oldest", "earliest")),
    "founded": (("newest", "youngest"), ("oldest",)),
    "score": (("best", "top"), ("worst",)),
    "points": (("best",), ("worst",)),
    "rating": (("best rated", "best"), ("worst",)),
    "capacity": (("largest", "biggest"), ("smallest",)),
    "population": (("largest", "most populous"), ("smallest",)),
    "rank": (("lowest ranked",), ("best ranked", "top ranked")),
    "duration": (("longest",), ("shortest",)),
}
"""Superlatives in place of the name of a number or time: most, least."""
