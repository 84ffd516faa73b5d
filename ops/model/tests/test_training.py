import copy
import dataclasses

import numpy as np
import pytest
import torch

from flexir_model.data import Batches, PatchSampler
from flexir_model.degradation import training_degradation
from flexir_model.losses import ChannelScore, charbonnier
from flexir_model.objectives import SplitBatch, distil_terms, teacher_terms
from flexir_model.progress import PSNR, read_curve
from flexir_model.training import Budget, Machine, Trainer

STEPS = 12


class StepClock:
    """One second passes per reading, so that a training is a function of its steps alone."""

    def __init__(self):
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 1.0
        return self.now


def trainer(model, sampler, threads=1, steps=STEPS) -> Trainer:
    return Trainer(model, sampler, Budget(steps / 60, checkpoint_seconds=1e9), Machine(threads=threads), clock=StepClock())


def scores(network) -> torch.nn.ModuleList:
    return torch.nn.ModuleList(ChannelScore(network.config.embedding) for _ in network.branches)


def test_a_resumed_training_ends_where_an_unbroken_one_ends(small_model, sampler, tmp_path):
    unbroken = trainer(small_model, sampler)
    unbroken.run()
    for stop in (4, 9):
        first = trainer(small_model, sampler)
        first.run(tmp_path / "checkpoint.pt", max_steps=stop)
        second = trainer(small_model, sampler)
        second.resume(tmp_path / "checkpoint.pt")
        second.run()

        assert second.step == unbroken.step == STEPS
        for name, value in unbroken.ema.state_dict().items():
            assert torch.equal(second.ema.state_dict()[name], value), name


def test_a_training_that_is_told_to_stop_leaves_a_checkpoint_of_its_last_step(small_model, sampler, tmp_path):
    run = trainer(small_model, sampler)
    tick = run.clock
    run.clock = lambda: (run.stop() if run.step == 3 else None, tick())[1]

    run.run(tmp_path / "checkpoint.pt")

    resumed = trainer(small_model, sampler)
    resumed.resume(tmp_path / "checkpoint.pt")
    assert resumed.step == run.step == 3


def test_the_curves_of_a_resumed_training_have_every_measurement_once(small_model, sampler, tmp_path):
    def measured(run: Trainer) -> Trainer:
        run.quality, run.budget = lambda network: [20.0, 21.0, 22.0], Budget(STEPS / 60, 3, 2)
        return run

    measured(trainer(small_model, sampler)).run(tmp_path / "checkpoint.pt", max_steps=8)
    second = measured(trainer(small_model, sampler))
    second.resume(tmp_path / "checkpoint.pt")
    second.run(tmp_path / "checkpoint.pt")

    rows = read_curve(tmp_path / PSNR)
    steps = [int(row["step"]) for row in rows]
    assert steps == sorted(steps) and steps[-1] == STEPS
    assert {(row["p1"], row["p2"], row["p3"]) for row in rows} == {("20.000", "21.000", "22.000")}


@pytest.mark.parametrize("change", [{"precision": "bf16"}, {"optimizer": "muon", "weight_decay": 0.1}, {"channel_score": False}, {"alpha": 0.0}])
def test_every_way_of_training_lowers_the_loss(change, small_model):
    flat = PatchSampler([np.full((24, 24, 3), level, np.uint8) for level in (60, 120, 180)])
    phases = tuple(dataclasses.replace(phase, lr=5e-3) for phase in small_model.training.phases)
    settings = dataclasses.replace(small_model.training, phases=phases, **change)
    run = trainer(dataclasses.replace(small_model, training=settings), flat, steps=200)
    batch = Batches(flat, training_degradation(small_model.task, 1), 9, 8, 16)[0]
    before = charbonnier(run.network(batch[0]), batch[1]).item()

    run.run()

    assert charbonnier(run.network(batch[0]), batch[1]).item() < before


def test_training_passes_both_phases_and_lowers_the_loss(small_model, sampler):
    run = trainer(small_model, sampler)
    before = copy.deepcopy(run.network)

    run.run()

    assert run.phase == 1 and run.teacher is not None
    assert any(not torch.equal(a, b) for a, b in zip(before.parameters(), run.ema.parameters()))


def test_stages_and_branches_past_the_pointer_get_no_gradient(small_network):
    image = torch.rand(2, 3, 16, 16)
    parameters = dict(small_network.named_parameters())

    loss = distil_terms(small_network, scores(small_network), small_network, image, image * 0.9, 2, 0.1).loss
    gradients = dict(zip(parameters, torch.autograd.grad(loss, parameters.values(), allow_unused=True)))

    reached = {name for name, gradient in gradients.items() if gradient is not None}
    assert reached == {name for name in parameters if not name.startswith(("layers.2.", "branches.2."))}


def test_in_the_teacher_phase_an_earlier_branch_learns_without_moving_the_features(small_network):
    image, clean = torch.rand(2, 3, 16, 16), torch.rand(2, 3, 16, 16)
    stages = list(small_network.layers.parameters())

    alone = torch.autograd.grad(teacher_terms(small_network, image, clean).loss, stages)
    beside = torch.autograd.grad(teacher_terms(small_network, image, clean, head=0).loss, stages)
    head = torch.autograd.grad(teacher_terms(small_network, image, clean, head=0).loss, small_network.branches[0].last.weight)

    assert all(torch.equal(a, b) for a, b in zip(alone, beside))
    assert head[0].abs().max() > 0


@pytest.mark.parametrize(("threads", "part", "most"), [(1, 0, 3), (2, 0, 1), (1, 2, 2), (1, 1, 1), (2, 2, 1)])
def test_a_split_batch_has_the_gradient_of_the_whole(small_network, threads, part, most):
    noisy, clean = torch.rand(3, 3, 16, 16), torch.rand(3, 3, 16, 16)
    parameters = list(small_network.parameters())
    whole = teacher_terms(small_network, noisy, clean)
    expected = torch.autograd.grad(whole.loss, parameters, allow_unused=True)

    sizes = []

    def counted(a: torch.Tensor, b: torch.Tensor):
        sizes.append(len(a))
        return teacher_terms(small_network, a, b)

    terms = SplitBatch(parameters, threads, part).backward(counted, noisy, clean)

    assert max(sizes) == most and sum(sizes) == 3
    assert terms.loss.item() == pytest.approx(whole.loss.item(), rel=1e-5)
    for parameter, gradient in zip(parameters, expected):
        assert (parameter.grad is None) == (gradient is None)
        if gradient is not None:
            torch.testing.assert_close(parameter.grad, gradient, rtol=1e-3, atol=1e-6)
