"""Times PyTorch's own operators on a CUDA device doing what Assay's kernels do, on data of the same sizes that is there already.

Prints a line for each: the fastest and the median of 30 calls in microseconds, by the device's clock.
"""

import random

import torch

device = torch.device("cuda")
torch.backends.cuda.matmul.allow_tf32 = False


def timed(call, rounds=30):
    for _ in range(5):
        call()
    torch.cuda.synchronize()
    times = []
    for _ in range(rounds):
        begun, ended = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
        begun.record()
        call()
        ended.record()
        torch.cuda.synchronize()
        times.append(begun.elapsed_time(ended) * 1e3)
    times.sort()
    return times[0], times[len(times) // 2]


def show(name, call, rounds=30):
    fastest, median = timed(call, rounds)
    print(f"{name:56s} fastest {fastest:9.1f} us, median {median:9.1f} us", flush=True)
    return fastest


def floors():
    values = torch.empty(1 << 26, device=device)
    copy = torch.empty_like(values)
    fastest = show("copy 256 MB", lambda: copy.copy_(values))
    print(f"    {2 * 4 * (1 << 26) / fastest / 1e3:.0f} GB/s read and written")
    for kind, side in ((torch.float32, 8192), (torch.float64, 4096)):
        a = torch.randn(side, side, device=device, dtype=kind)
        fastest = show(f"product of {side} x {side}, {kind}", lambda: a @ a, 10)
        print(f"    {side ** 3 / fastest / 1e3:.0f} billion multiply-adds a second")


def packing(rows, units=1024):
    values = torch.randint(-7, 8, (rows, units), device=device).float()
    weights = (2 ** torch.arange(8, device=device)).to(torch.uint8)
    show(
        f"threshold and pack {rows} x {units}",
        lambda: ((values > 0).view(rows, units // 8, 8).to(torch.uint8) * weights).sum(-1, dtype=torch.uint8),
    )


def counting(rows, units=1024, classes=10):
    """States of a byte each, by a product with one-hot classes in float16, the faster of two ways."""
    states = torch.randint(0, 2, (rows, units), device=device, dtype=torch.bool)
    of = torch.randint(0, classes, (rows,), device=device)
    one_hot = torch.nn.functional.one_hot(of, classes).half().t().contiguous()
    counts = torch.zeros(classes, units, device=device, dtype=torch.int32)
    show(f"count per class {rows} x {units}, product", lambda: one_hot @ states.half(), 10)
    show(f"count per class {rows} x {units}, index_add", lambda: counts.zero_().index_add_(0, of, states.int()), 10)


def following(rows, units=1024, classes=10):
    states = torch.randint(0, 2, (rows, units), device=device, dtype=torch.bool)
    of = torch.randint(0, classes, (rows,), device=device)
    required = torch.rand(classes, units, device=device) < 0.2
    active = torch.rand(classes, units, device=device) < 0.5
    show(f"follow a pattern {rows} x {units}", lambda: ((states ^ active[of]) & required[of]).sum(1), 10)


def nearest(queries, rows, columns=128, k=16):
    q = torch.rand(queries, columns, device=device) * 2 - 1
    r = torch.rand(rows, columns, device=device) * 2 - 1
    show(
        f"nearest {k} of {queries} x {rows} x {columns}, product and topk",
        lambda: torch.topk((r * r).sum(1)[None] - 2 * (q @ r.t()), k, largest=False),
        10,
    )
    show(
        f"nearest {k} of {queries} x {rows} x {columns}, cdist and topk",
        lambda: torch.topk(torch.cdist(q, r), k, largest=False),
        10,
    )


def pairs(vectors, length):
    v = torch.rand(vectors, length, device=device, dtype=torch.float64)

    def distances():
        lengths = (v * v).sum(1)
        d = (lengths[:, None] + lengths[None] - 2 * (v @ v.t())).clamp_(min=0)
        return d.fill_diagonal_(float("inf")).min(1)

    show(f"distances of all pairs {vectors} x {length}, float64", distances, 10)


def graph_copies(copies, nodes=25, width=20, kind=torch.float64):
    """A graph convolution of three layers, maximum and mean, softmax; copies differ in the edges that are left out."""
    choose = random.Random(1)
    edges = [(v, choose.randrange(v)) for v in range(1, nodes)]
    edges += [(b, a) for a, b in edges]
    source = torch.tensor([a for a, _ in edges], device=device)
    target = torch.tensor([b for _, b in edges], device=device)
    weights = [torch.rand(10 if i == 0 else width, width, device=device, dtype=kind) - 0.5 for i in range(3)]
    head = torch.rand(2 * width, 2, device=device, dtype=kind)
    features = torch.rand(nodes, 10, device=device, dtype=kind)
    kept = (torch.rand(copies, len(edges), device=device) < 0.9).to(kind)

    def read_out(h):
        return (torch.cat([h.amax(1), h.mean(1)], 1) @ head).softmax(1)

    def sparse():
        degree = torch.ones(copies, nodes, device=device, dtype=kind).index_add_(1, target, kept)
        root = degree.rsqrt()
        factor = kept * root[:, source] * root[:, target]
        h = features
        for layer, weight in enumerate(weights):
            h = h @ weight
            h = h.expand(copies, nodes, width) if layer == 0 else h
            h = (h / degree[:, :, None]).index_add(1, target, factor[:, :, None] * h[:, source]).relu()
        return read_out(h)

    def dense():
        matrix = torch.zeros(copies, nodes, nodes, device=device, dtype=kind)
        matrix[:, target, source] = kept
        matrix = matrix + torch.eye(nodes, device=device, dtype=kind)
        root = matrix.sum(2).rsqrt()
        matrix = matrix * root[:, :, None] * root[:, None, :]
        h = features
        for weight in weights:
            h = torch.matmul(matrix, h @ weight).relu()
        return read_out(h)

    show(f"{copies} copies of a graph, index_add", sparse)
    show(f"{copies} copies of a graph, dense products", dense)


print(torch.__version__, torch.cuda.get_device_name())
floors()
for size in (16_384, 262_144):
    packing(size)
counting(400_000)
following(200_000)
for sizes in ((2_048, 16_384), (16_384, 131_072)):
    nearest(*sizes)
for sizes in ((2_048, 1_024), (8_192, 4_096)):
    pairs(*sizes)
for size in (4_096, 65_536):
    graph_copies(size)
