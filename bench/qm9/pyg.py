"""The peer's side of bench/qm9.ts: trains PyTorch Geometric's SMG on the graphs that it wrote.

After each epoch the state goes to --out/state.pt and the errors to --out/epochs.json; called again, it goes on from there, with
the same numbers as if it had never been ended. An epoch is reported on stdout as one line.
"""

import argparse
import hashlib
import json
import os
import sys
import time
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--peers", required=True, help="folder of smg_pyg.py")
parser.add_argument("--data", required=True, type=Path, help="folder of the graphs")
parser.add_argument("--out", required=True, type=Path, help="folder of state and errors")
parser.add_argument("--epochs", type=int, required=True)
parser.add_argument("--seed", type=int, required=True)
parser.add_argument("--threads", type=int, default=1)
args = parser.parse_args()
if "MALLOC_MMAP_THRESHOLD_" not in os.environ:  # read by glibc when the process starts; keeps freed blocks
    os.environ.update(MALLOC_MMAP_THRESHOLD_="4294967296", MALLOC_TRIM_THRESHOLD_="17179869184")
    os.execv(sys.executable, [sys.executable, *sys.argv])
for variable in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):  # read when torch is imported
    os.environ[variable] = str(args.threads)
sys.path.insert(0, args.peers)

import numpy  # noqa: E402
import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402
from smg_pyg import make_model, seed_everything  # noqa: E402
from torch_geometric.data import Batch, Data  # noqa: E402

about = json.loads((args.data / "about.json").read_text())
training, scaling = about["training"], about["scaling"]


def read(name: str, dtype: str, columns: int | None = None) -> numpy.ndarray:
    values = numpy.fromfile(args.data / name, dtype=dtype)
    return values if columns is None else values.reshape(-1, columns)


def read_graphs() -> list[Data]:
    """x [n, F], edge_index [2, e], edge_attr [e, De], y [1, 1]: the target in its own unit."""
    node_start = numpy.concatenate([[0], numpy.cumsum(read("nodes.i32", "<i4"))])
    edge_start = numpy.concatenate([[0], numpy.cumsum(read("edges.i32", "<i4"))])
    x = torch.from_numpy(read("x.f32", "<f4", about["features"]))
    edges = torch.from_numpy(numpy.stack([read("source.i32", "<i4"), read("target.i32", "<i4")]).astype(numpy.int64))
    edge_attr = torch.from_numpy(read("edge-features.f32", "<f4", about["edgeFeatures"]))
    y = torch.from_numpy(read("targets.f64", "<f8", 1))
    return [
        Data(x=x[node_start[g]:node_start[g + 1]], edge_index=edges[:, edge_start[g]:edge_start[g + 1]],
             edge_attr=edge_attr[edge_start[g]:edge_start[g + 1]], y=y[g:g + 1])
        for g in range(len(y))
    ]


def batches(graphs: list[Data], order: list[int]):
    size = training["batchSize"]
    for first in range(0, len(order), size):
        yield Batch.from_data_list([graphs[i] for i in order[first:first + size]])


def learning_rate_at(epoch: int) -> float:
    decay = training["learningRateDecay"]
    return training["learningRate"] * decay["factor"] ** ((epoch - 1) // decay["every"])


def train_epoch(model, graphs: list[Data], optimizer, epoch: int) -> float:
    """One pass in an order that seed and epoch decide; the mean squared error of standardised targets."""
    model.train()
    generator = torch.Generator().manual_seed(1_000_003 * args.seed + epoch)
    for group in optimizer.param_groups:
        group["lr"] = learning_rate_at(epoch)
    total = 0.0
    for data in batches(graphs, torch.randperm(len(graphs), generator=generator).tolist()):
        optimizer.zero_grad()
        expected = ((data.y - scaling["mean"]) / scaling["std"]).float()
        loss = F.mse_loss(model(data), expected)
        loss.backward()
        optimizer.step()
        total += loss.item() * data.num_graphs
    return total / len(graphs)


@torch.no_grad()
def mean_absolute_error(model, graphs: list[Data]) -> float:
    """In the target's own unit."""
    model.eval()
    total = 0.0
    for data in batches(graphs, list(range(len(graphs)))):
        predicted = model(data).double() * scaling["std"] + scaling["mean"]
        total += (predicted - data.y).abs().sum().item()
    return total / len(graphs)


def identity() -> str:
    """Of what decides the errors: a state of other graphs, settings or seed is of no use."""
    digest = hashlib.sha256(str(args.seed).encode())
    for file in sorted(args.data.iterdir()):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()


def write_whole(file: Path, write) -> None:
    """Under another name first, so that a file is never half written."""
    draft = file.with_suffix(".draft")
    write(draft)
    draft.replace(file)


def main() -> None:
    torch.set_num_threads(args.threads)
    seed_everything(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    graphs, counts, shape = read_graphs(), about["counts"], about["model"]
    held = counts["train"] + counts["validation"]
    train, validation, test = graphs[:counts["train"]], graphs[counts["train"]:held], graphs[held:]
    model = make_model("smg", "m-smg-jk", about["features"], shape["hidden"], shape["layers"], 1,
                       edge_dim=about["edgeFeatures"], edge_hidden=shape["edgeHidden"], task="regression")
    optimizer = torch.optim.Adam(model.parameters(), lr=training["learningRate"])
    epochs, seconds, state, ours = [], 0.0, args.out / "state.pt", identity()
    if state.exists():
        kept = torch.load(state)
        if kept["identity"] != ours:
            sys.exit(f"Cannot go on with {state}: it is of other graphs, settings or seed; take it away")
        model.load_state_dict(kept["model"])
        optimizer.load_state_dict(kept["optimizer"])
        epochs, seconds = kept["epochs"], kept["seconds"]
    for epoch in range(len(epochs) + 1, args.epochs + 1):
        start = time.perf_counter()
        loss = train_epoch(model, train, optimizer, epoch)
        epochs.append({"epoch": epoch, "trainLoss": loss, "validationError": mean_absolute_error(model, validation),
                       "testError": mean_absolute_error(model, test)})
        seconds += time.perf_counter() - start
        kept = {"identity": ours, "model": model.state_dict(), "optimizer": optimizer.state_dict(), "epochs": epochs,
                "seconds": seconds}
        write_whole(state, lambda draft: torch.save(kept, draft))
        report = json.dumps({"epochs": epochs, "trainSeconds": seconds})
        write_whole(args.out / "epochs.json", lambda draft: draft.write_text(report))
        print(json.dumps(epochs[-1]), flush=True)


if __name__ == "__main__":
    main()
