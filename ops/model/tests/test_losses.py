import math

import pytest
import torch

from flexir_model.losses import ChannelScore, channel_attention_loss, charbonnier, progressive_loss


def test_charbonnier_is_the_mean_of_smoothed_absolute_differences():
    loss = charbonnier(torch.tensor([0.3, 0.5]), torch.tensor([0.0, 0.5]))

    assert loss.item() == pytest.approx((math.sqrt(0.09 + 1e-6) + 1e-3) / 2)


def test_channel_score_adds_one_mlps_answers_to_both_pools():
    score = ChannelScore(4, reduction=4)
    first, _, second = score.mlp
    with torch.no_grad():
        first.weight.fill_(1.0), first.bias.zero_(), second.weight.fill_(0.5), second.bias.zero_()
    features = torch.tensor([[1.0, 0, 0, 0], [3.0, 0, 0, 0]]).view(1, 1, 2, 4)

    phi = score(features)

    expected = 1 / (1 + math.exp(-0.5 * (2 + 3)))
    assert phi.shape == (1, 1, 1, 4)
    assert phi.flatten().tolist() == pytest.approx([expected] * 4)


def test_channel_attention_loss_is_the_scored_difference_over_the_teachers_size_in_units_of_a_pixel_loss():
    def half(_):
        return torch.tensor([0.5, 0.5]).view(1, 1, 1, 2)

    features = torch.tensor([2.0, 4.0]).view(1, 1, 1, 2)
    teacher = torch.tensor([3.0, -1.0]).view(1, 1, 1, 2)

    assert channel_attention_loss(half, features, teacher).item() == pytest.approx((2 + 3) / 2 / 2 * 0.02)


def test_deeper_branches_weigh_more():
    pixel = [torch.tensor(0.6), torch.tensor(0.3)]
    feature = [torch.tensor(1.0), torch.tensor(2.0)]

    loss = progressive_loss(pixel, feature, alpha=0.1)

    assert loss.item() == pytest.approx((1 * (0.1 * 1.0 + 0.9 * 0.6) + 2 * (0.1 * 2.0 + 0.9 * 0.3)) / 3)


def test_without_feature_losses_the_pixel_losses_keep_their_part():
    assert progressive_loss([torch.tensor(0.5)], [], alpha=0.1).item() == pytest.approx(0.45)
