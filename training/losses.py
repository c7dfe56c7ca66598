"""The losses of a verifier: labels, larger models, minimal pairs, and the words that the evidence does not say.

The four losses are added. A pair labelled only "not supported" counts both other classes together. Of a minimal pair
the supported one must have log odds of "supported" at least ``MARGIN`` above its twin's (a hinge, as ranking has it:
Herbrich, Graepel and Obermayer 2000). Words are learnt by cross entropy; where a pair has no mark, a teacher's is
used.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import nn

from training.pair import NOT_SUPPORTED
from training.twins import UNKNOWN, UNSAID

MARGIN = 2.0
PAIRED = 0.25  # how much the minimal pairs count beside the labels
WORDED = 0.25  # how much the words count
RARE = 3.0  # how much more a word counts that is not said: there are few
# The temperature that both sides are softened with, and the teachers' part of the loss. Neither was tuned here: they
# are DistilBERT's (Sanh et al. 2019), temperature 2 and the teachers against the labels as 5 to 2.
HEAT = 2.0
TRUST = 5 / 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Taught:
    """What a teacher says of a batch: logits (batch by 3) and, if it marks words, a logit for each token."""

    logits: torch.Tensor
    unsaid: torch.Tensor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a batch is to learn: labels, places of twins within the batch or -1, marks of the tokens, and teachers."""

    labels: torch.Tensor
    twins: torch.Tensor
    marks: torch.Tensor
    taught: Taught | None = None


def loss_of(logits: torch.Tensor, unsaid: torch.Tensor, target: Target) -> torch.Tensor:
    """The whole loss of a batch, for the logits of its pairs (batch by 3) and of their tokens (batch by length)."""
    loss = labels_loss(logits, target.labels)
    if target.taught is not None:
        loss = (1 - TRUST) * loss + TRUST * distilled(logits, torch.softmax(target.taught.logits / HEAT, -1))
    return loss + PAIRED * pairs_loss(logits, target.twins) + WORDED * words_loss(unsaid, target)


def labels_loss(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Mean cross entropy (batch by 3 against batch); a label "not supported" counts both other classes together."""
    chances = torch.log_softmax(logits, -1)
    either = torch.logsumexp(chances[:, 1:], -1)
    exact = chances.gather(1, labels.clamp(max=2).unsqueeze(1)).squeeze(1)
    return -torch.where(labels == NOT_SUPPORTED, either, exact).mean()


def distilled(logits: torch.Tensor, taught: torch.Tensor) -> torch.Tensor:
    """Mean divergence of a student's logits from its teachers' softened probabilities (both batch by 3).

    It is multiplied by the square of the temperature, so that the size of its gradient does not depend on the
    temperature (Hinton, Vinyals and Dean 2015, section 2).
    """
    own = torch.log_softmax(logits / HEAT, -1)
    return nn.functional.kl_div(own, taught, reduction="batchmean") * HEAT**2


def pairs_loss(logits: torch.Tensor, twins: torch.Tensor) -> torch.Tensor:
    """Mean hinge loss over the pairs that have a supported twin: they must be ``MARGIN`` below it."""
    odds = logits[:, 0] - torch.logsumexp(logits[:, 1:], -1)
    short = torch.relu(MARGIN - (odds[twins.clamp(min=0)] - odds))
    has = (twins >= 0).float()
    return (short * has).sum() / has.sum().clamp(min=1)


def words_loss(unsaid: torch.Tensor, target: Target) -> torch.Tensor:
    """Mean cross entropy of the marked tokens; a teacher's mark is used where the pair has none."""
    known = target.marks != UNKNOWN
    wanted = (target.marks == UNSAID).float()
    counted = known.float()
    if target.taught is not None and target.taught.unsaid is not None:
        # A logit that is not a number is no token of the claim.
        from_teacher = ~known & ~target.taught.unsaid.isnan()
        wanted = torch.where(from_teacher, torch.sigmoid(target.taught.unsaid), wanted)
        counted = counted + 0.5 * from_teacher.float()
    costs = nn.functional.binary_cross_entropy_with_logits(
        unsaid, wanted, reduction="none", pos_weight=unsaid.new_tensor(RARE)
    )
    return (costs * counted).sum() / counted.sum().clamp(min=1)
