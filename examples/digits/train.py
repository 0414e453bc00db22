"""Trains a small convolutional network on 8x8 handwritten digits.

Writes two files beside this script:

  digits.onnx      the trained network; input `image`, float32 [1, 1, 8, 8],
                   pixel values 0..1; output `probabilities`, float32 [1, 10]
  test_images.bin  the images the network never saw; per image one byte for
                   the label 0..9, then 64 bytes of pixels 0..16, row by row
"""

import math
from collections import OrderedDict
from pathlib import Path

import numpy
import torch
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from torch import nn

SEED = 2024
EPOCHS = 40
BATCH_SIZE = 32
PEAK_LEARNING_RATE = 0.004
IMAGE_SIZE = 8
BRIGHTEST_PIXEL = 16
OUTPUT_DIRECTORY = Path(__file__).resolve().parent


def make_reproducible():
    torch.manual_seed(SEED)
    torch.use_deterministic_algorithms(True)
    # The order of floating-point sums depends on how many threads share them.
    torch.set_num_threads(1)


def split_digits():
    digits = load_digits()
    return train_test_split(
        digits.images.astype(numpy.uint8),
        digits.target,
        test_size=0.25,
        stratify=digits.target,
        random_state=SEED,
    )


def write_test_images(path, images, labels):
    records = numpy.column_stack([labels, images.reshape(len(images), -1)])
    path.write_bytes(records.astype(numpy.uint8).tobytes())


def to_network_input(images):
    return torch.from_numpy(images).float().unsqueeze(1) / BRIGHTEST_PIXEL


def build_network():
    return nn.Sequential(
        OrderedDict(
            conv1=nn.Conv2d(1, 16, kernel_size=3, padding=1),
            relu1=nn.ReLU(),
            conv2=nn.Conv2d(16, 32, kernel_size=3, padding=1),
            relu2=nn.ReLU(),
            pool=nn.MaxPool2d(kernel_size=2),
            flatten=nn.Flatten(),
            classifier=nn.Linear(32 * 4 * 4, 10),
        )
    )


def shift_randomly(images):
    """Moves each image by up to one pixel each way: about 1300 images alone are too few to teach the network that a
    shifted digit is the same digit."""
    padded = nn.functional.pad(images, (1, 1, 1, 1))
    tops, lefts = torch.randint(0, 3, (2, len(images), 1, 1))
    rows = tops + torch.arange(IMAGE_SIZE).view(-1, 1)
    columns = lefts + torch.arange(IMAGE_SIZE)
    image_indices = torch.arange(len(images)).view(-1, 1, 1)
    return padded[image_indices, 0, rows, columns].unsqueeze(1)


def train(network, images, labels):
    optimizer = torch.optim.AdamW(network.parameters())
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer,
        PEAK_LEARNING_RATE,
        epochs=EPOCHS,
        steps_per_epoch=math.ceil(len(images) / BATCH_SIZE),
    )
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(images)).split(BATCH_SIZE):
            logits = network(shift_randomly(images[batch]))
            loss = nn.functional.cross_entropy(logits, labels[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()


@torch.no_grad()
def accuracy(network, images, labels):
    return (network(images).argmax(dim=1) == labels).float().mean().item()


def export(path, network):
    # Training works on logits; the shipped network answers in probabilities.
    layers = OrderedDict(network.named_children(), softmax=nn.Softmax(dim=1))
    torch.onnx.export(
        nn.Sequential(layers).eval(),
        torch.zeros(1, 1, IMAGE_SIZE, IMAGE_SIZE),
        path,
        input_names=["image"],
        output_names=["probabilities"],
        opset_version=17,
        # The newer exporter drops the layer names and needs one more package.
        dynamo=False,
    )


def main():
    make_reproducible()
    train_images, test_images, train_labels, test_labels = split_digits()
    write_test_images(OUTPUT_DIRECTORY / "test_images.bin", test_images, test_labels)

    network = build_network()
    train(network, to_network_input(train_images), torch.from_numpy(train_labels))
    test_accuracy = accuracy(network, to_network_input(test_images), torch.from_numpy(test_labels))
    export(str(OUTPUT_DIRECTORY / "digits.onnx"), network)

    parameters = sum(parameter.numel() for parameter in network.parameters())
    print(f"{parameters} parameters")
    print(f"{test_accuracy:.2%} of {len(test_labels)} held-out images right")


if __name__ == "__main__":
    main()
