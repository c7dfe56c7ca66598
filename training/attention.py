"""Runs the layers of a BERT or MPNet encoder with fused attention and without a synchronising step, for GPUs.

The library's MPNet has no fused attention: it adds a relative position bias (Song et al. 2020, section 3.1; the buckets
of T5, Raffel et al. 2020) to the scores. Fused attention accepts such a bias together with its mask. The modules, and
so the weights and their names, are the library's.
"""

from __future__ import annotations

import torch
from torch.nn import functional
from transformers import PreTrainedModel


def encoded_states(
    encoder: PreTrainedModel, ids: torch.Tensor, mask: torch.Tensor, segments: torch.Tensor | None
) -> torch.Tensor:
    """The last layer's states (batch by length by width) for token ids and mask, and segments where BERT has them."""
    if segments is None:
        places = torch.arange(2, ids.shape[1] + 2, device=ids.device).unsqueeze(0)
        states = encoder.embeddings(input_ids=ids, position_ids=places)
    else:
        places = torch.arange(ids.shape[1], device=ids.device).unsqueeze(0)
        states = encoder.embeddings(input_ids=ids, token_type_ids=segments, position_ids=places)
    dtype = torch.get_autocast_dtype("cuda") if torch.is_autocast_enabled("cuda") else states.dtype
    states = states.to(dtype)
    addend = _addend(encoder, mask, segments is None).to(dtype)
    for layer in encoder.encoder.layer:
        states = _layer_states(layer, states, addend)
    return states


def _addend(encoder: PreTrainedModel, mask: torch.Tensor, by_place: bool) -> torch.Tensor:
    """What is added to the scores: batch by heads by length by length, its last row eight entries aligned."""
    length = mask.shape[1]
    hidden = torch.where(mask.bool(), 0.0, -1e4)[:, None, None, :]
    if not by_place:
        return hidden.expand(-1, 1, length, -1)
    at = torch.arange(length, device=mask.device)
    bucket = encoder.encoder.relative_position_bucket(
        at[None, :] - at[:, None], num_buckets=encoder.config.relative_attention_num_buckets
    )
    return encoder.encoder.relative_attention_bias(bucket).permute(2, 0, 1).unsqueeze(0) + hidden


def _layer_states(layer: torch.nn.Module, states: torch.Tensor, addend: torch.Tensor) -> torch.Tensor:
    attention = layer.attention
    if hasattr(attention, "attn"):  # MPNet
        own = attention.attn
        query, key, value, out, norm = own.q, own.k, own.v, own.o, attention.LayerNorm
    else:
        own = attention.self
        query, key, value, out, norm = own.query, own.key, own.value, attention.output.dense, attention.output.LayerNorm
    shape = (*states.shape[:2], own.num_attention_heads, -1)
    parts = [part(states).view(shape).transpose(1, 2) for part in (query, key, value)]
    mixed = functional.scaled_dot_product_attention(*parts, attn_mask=addend)
    states = norm(out(mixed.transpose(1, 2).reshape(states.shape)) + states)
    return layer.output.LayerNorm(layer.output.dense(layer.intermediate(states)) + states)
