import copy

import torch
from torch import nn

from pipeline.pocket.optimiser import Optimiser


class _Net(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.conv_in = nn.Conv2d(3, 8, 3, padding=1)
        self.inner = nn.Conv2d(8, 8, 3, padding=1)
        self.attention = nn.Linear(8, 8)
        self.conv_out = nn.Conv2d(8, 3, 3, padding=1)

    def forward(self, picture: torch.Tensor) -> torch.Tensor:
        held = torch.relu(self.inner(torch.relu(self.conv_in(picture))))
        return self.conv_out(self.attention(held.permute(0, 2, 3, 1)).permute(0, 3, 1, 2))


def _step(net: nn.Module, optimiser: Optimiser, picture: torch.Tensor) -> float:
    error = (net(picture) - picture.flip(1)).square().mean()
    error.backward()
    optimiser.step()
    return error.item()


def test_it_learns_and_goes_on_from_where_it_was() -> None:
    torch.manual_seed(0)
    net, picture = _Net().to(memory_format=torch.channels_last), torch.randn(4, 3, 8, 8)
    optimiser = Optimiser(net, [], 1e-2)
    errors = [_step(net, optimiser, picture) for _ in range(40)]
    assert errors[-1] < 0.5 * errors[0]
    assert all(weight.grad is None for weight in net.parameters())
    twin = copy.deepcopy(net)
    went_on = Optimiser(twin, [], 1e-2)
    went_on.load_state_dict(copy.deepcopy(optimiser.state_dict()))
    for each in (optimiser, went_on):
        each.set_rate(5e-3)
    for one, other in ((net, optimiser), (twin, went_on)):
        _step(one, other, picture)
    assert all(torch.equal(a, b) for a, b in zip(net.parameters(), twin.parameters(), strict=True))
