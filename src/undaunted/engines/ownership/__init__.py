"""Who owns and controls whom, through any chain, with the stakes that prove it.

Stakes are rows: owner, owned, kind of right, a lowest and a highest share in units of 1e-9, when it
was so and when it was known, source and row. Arrays in, frozen dataclasses out; no files, no clock.

    stakes, findings = check_stakes(gather_stakes(parties, columns))
    graph = votes_graph(stakes.as_of(day))
    found = control(graph, ["STATE:XR"])
    found.must, found.may, found.joint

Shares may be ranges or missing; what *must* be controlled is told apart from what *may* be.
`in_sql` finds what must be controlled a second way, apart from all this; it loads DuckDB, so that
whoever asks for it imports it by its name.
"""

from undaunted.engines.ownership.alike import alike, alike_in
from undaunted.engines.ownership.changes import (
    Crossing,
    crossings,
    over_one_register,
    recontrolled,
    with_filing,
)
from undaunted.engines.ownership.checks import Settled, check_stakes, settle
from undaunted.engines.ownership.control import Control, control, control_by, held_by
from undaunted.engines.ownership.errors import (
    OwnershipError,
    PartyUnknown,
    QuestionMalformed,
    StakesMalformed,
)
from undaunted.engines.ownership.exposure import Assets, Exposure, exposure
from undaunted.engines.ownership.findings import Finding, Rule, Treatment
from undaunted.engines.ownership.graph import Graph, layer_graph, votes_graph
from undaunted.engines.ownership.held import Held, every_owner, held_in
from undaunted.engines.ownership.imputing import imputed
from undaunted.engines.ownership.integration import Integrated, Sweeping, integrated
from undaunted.engines.ownership.layers import graphs_of, linked
from undaunted.engines.ownership.layout import Placed, placed
from undaunted.engines.ownership.looping import closed_loops
from undaunted.engines.ownership.parties import Parties, PartyKind, Register, one_form
from undaunted.engines.ownership.proof import Proof, Step, proof_of, proofs_of, stands
from undaunted.engines.ownership.reaching import Pairs, all_control
from undaunted.engines.ownership.readings import Answer, Reading, readings, substantial_interest
from undaunted.engines.ownership.research import network_power, shapley_shubik, weakest_link
from undaunted.engines.ownership.shares import (
    ALWAYS,
    HALF,
    NEVER,
    WHOLE,
    Right,
    as_part,
    in_words,
    some_of,
    units,
    unstated,
)
from undaunted.engines.ownership.stakes import Stakes, gather_stakes
from undaunted.engines.ownership.standards import STANDARDS, Standard
from undaunted.engines.ownership.sums import Below, below_whole
from undaunted.engines.ownership.surroundings import together, upstream
from undaunted.engines.ownership.telling import (
    contested_in,
    sentences,
    share_in_words,
    source_in_words,
)
from undaunted.engines.ownership.thresholds import MAJORITY, Threshold, threshold_of

__all__ = [
    "ALWAYS",
    "HALF",
    "MAJORITY",
    "NEVER",
    "STANDARDS",
    "WHOLE",
    "Answer",
    "Assets",
    "Below",
    "Control",
    "Crossing",
    "Exposure",
    "Finding",
    "Graph",
    "Held",
    "Integrated",
    "OwnershipError",
    "Pairs",
    "Parties",
    "PartyKind",
    "PartyUnknown",
    "Placed",
    "Proof",
    "QuestionMalformed",
    "Reading",
    "Register",
    "Right",
    "Rule",
    "Settled",
    "Stakes",
    "StakesMalformed",
    "Standard",
    "Step",
    "Sweeping",
    "Threshold",
    "Treatment",
    "alike",
    "alike_in",
    "all_control",
    "as_part",
    "below_whole",
    "check_stakes",
    "closed_loops",
    "contested_in",
    "control",
    "control_by",
    "crossings",
    "every_owner",
    "exposure",
    "gather_stakes",
    "graphs_of",
    "held_by",
    "held_in",
    "imputed",
    "in_words",
    "integrated",
    "layer_graph",
    "linked",
    "network_power",
    "one_form",
    "over_one_register",
    "placed",
    "proof_of",
    "proofs_of",
    "readings",
    "recontrolled",
    "sentences",
    "settle",
    "shapley_shubik",
    "share_in_words",
    "some_of",
    "source_in_words",
    "stands",
    "substantial_interest",
    "threshold_of",
    "together",
    "units",
    "unstated",
    "upstream",
    "votes_graph",
    "weakest_link",
    "with_filing",
]
