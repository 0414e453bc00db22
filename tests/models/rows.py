"""The rows of docs/models.md: each is a network that must go from its file to verified C++. Run by itself, this
prints their names, a group before each."""

from dataclasses import dataclass, field

CHOOSE = ("is in training mode: choose --inference",)
ATEN = "org.pytorch.aten"


@dataclass(frozen=True)
class Row:
    name: str
    file: str = ""  # in skeleton/, or in a wheel: the row's name otherwise
    wheel: str = ""  # of PyPI, which holds a trained network
    options: tuple = ()  # of cameo
    refused: tuple = ()  # what `cameo check` says where these options are missing: the network needs a choice
    reference: str = "onnxruntime"  # how results are known: a function of reference.py
    sizes: tuple = ({},)  # extents of open axes, by their names: instantiations in one program
    shapes: dict = field(default_factory=dict)  # of inputs, fixed with --input-shape
    bound: dict = field(default_factory=dict)  # inputs bound to a number, with --constant
    weights: tuple = ()  # inputs bound to weights, with --weights-from
    below: dict = field(default_factory=dict)  # integers of an input are below this
    state: dict = field(default_factory=dict)  # inputs that are an output of the run before
    spoken: str = ""  # the input that is speech, each run the next 512 samples with 64 before them
    observed: str = ""  # what softmax makes zeros and a one of, whose result alone would say little
    runs: int = 2

    @property
    def network(self):
        """The file, and the package where it is in one."""
        stem = (self.file or self.name).split("/")[-1].removesuffix(".onnx")
        return f"{stem} ({self.wheel.replace('==', ' ')})" if self.wheel else stem

    @property
    def chosen(self):
        """The options of cameo and the sizes, in short."""
        words = (
            [option.split("=")[0] for option in self.options]
            + ["--weights-from"] * bool(self.weights)
            + ["--state"] * bool(self.state)
        )
        return " ".join(dict.fromkeys(words + [f"{len(self.sizes)} sizes"] * (len(self.sizes) > 1)))

    @property
    def group(self):
        return "trained" if self.wheel else "skeleton"


def custom(operator, *named):
    """For each operator: its name in the file, and that of its type in examples/custom_operators."""
    return tuple(f"--custom={ATEN}:{operator(name)}=special::{type_name}" for name, type_name in named)


def by_text(name):
    return f"ATen[operator={name}]"


BESSEL, ERFINV = ("special_bessel_j0", "bessel_j0"), ("erfinv", "erfinv")
NAMES = tuple(f"{ATEN}:{name}, opset 1): this operator is not supported" for name in ("special_bessel_j0", "erfinv"))
TEXTS = (f"{ATEN}:ATen, opset 1): this operator is not supported",)

ONE_BLOCK = [
    Row("seed0_convbnrelu_eval"),
    Row(
        "seed0_convbnrelu_train_inference",
        "seed0_convbnrelu_train",
        options=("--inference",),
        refused=CHOOSE,
        reference="inference",
    ),
    Row(
        "seed0_convbnrelu_train_training",
        "seed0_convbnrelu_train",
        options=("--training",),
        refused=CHOOSE,
        reference="training",
    ),
    Row(
        "seed0_convbnrelu_dynamic",
        sizes=tuple(
            {"batch_size": b, "input_width": w, "input_height": h} for b, w, h in [(1, 16, 16), (2, 21, 40), (3, 33, 8)]
        ),
    ),
    Row("seed1_srcnn"),
    Row(
        "seed1_srcnn_dynamic",
        sizes=tuple({"in_dynamic_axes_1": h, "in_dynamic_axes_2": w} for h, w in [(16, 24), (31, 9)]),
    ),
    *(Row(f"seed1_loop_{kind}") for kind in ("script_2", "script_3", "trace_2", "trace_3")),
]

CLASSIC = [
    Row(f"seed2_{name}", observed={"inception_v1": "r143", "resnet50": "r174", "shufflenet": "r201"}.get(name, ""))
    for name in (
        "bvlc_alexnet",
        "googlenet",
        "inception_v1",
        "inception_v2",
        "mobilenetv2",
        "rcnn_ilsvrc13",
        "resnet50",
        "resnet50v2",
        "shufflenet",
        "shufflenetv2",
        "squeezenet",
        "squeezenet11",
        "vgg19",
        "yolov5s",
        "zfnet512",
    )
]

EXPORTS = [
    *(Row(f"seed3_opset{opset}") for opset in range(7, 18)),
    Row("seed3_nofold"),
    Row("seed3_preserve"),
    Row("seed3_training_inference", "seed3_training", options=("--inference",), refused=CHOOSE, reference="inference"),
    Row("seed3_training_training", "seed3_training", options=("--training",), refused=CHOOSE, reference="training"),
    Row("seed3_keep_init_inputs"),
    Row("seed3_keep_init_inputs_overridable", "seed3_keep_init_inputs", options=("--overridable=*",)),
    Row("seed3_no_params_inputs", "seed3_no_params"),
    Row("seed3_no_params_weights", "seed3_no_params", weights=("5.weight", "5.bias", "onnx::Conv_16", "onnx::Conv_17")),
    Row("seed3_onnx_fallthrough", options=custom(str, BESSEL, ERFINV), refused=NAMES, reference="scipy"),
    Row(
        "seed3_onnx_aten",
        options=custom(by_text, BESSEL, ERFINV, ("mul,overload_name=Tensor", "mul"), ("add", "add")),
        refused=TEXTS,
        reference="scipy",
    ),
    Row("seed3_onnx_aten_fallback", options=custom(by_text, BESSEL, ERFINV), refused=TEXTS, reference="scipy"),
    Row("seed3_sum_dynamic", sizes=({"my_custom_axis_name": 1}, {"my_custom_axis_name": 7})),
    Row("seed4_alexnet_b10"),
    Row("seed4_setnet"),
    Row("seed4_loop_dynamic", below={"n": 6}, runs=6),
    Row("seed4_if_dynamic", runs=6),
]

SILERO = "silero-vad==6.2.3"
OF_SILERO = {
    "wheel": SILERO,
    "shapes": {"input": [1, 576], "state": [2, 1, 128]},
    "state": {"state": "stateN"},
    "spoken": "input",
    "runs": 200,
}
SEQUENCE = {"shapes": {"input": [1, 576], "h": [1, 1, 128], "c": [1, 1, 128]}, "state": {"h": "hn", "c": "cn"}}
TRAINED = [
    Row("silero_vad", "silero_vad/data/silero_vad.onnx", bound={"sr": 16000}, **OF_SILERO),
    Row("silero_vad_16k_op15", "silero_vad/data/silero_vad_16k_op15.onnx", bound={"sr": 16000}, **OF_SILERO),
    Row("silero_vad_half", "silero_vad/data/silero_vad_half.onnx", **OF_SILERO),
    Row("silero_vad_op18_ifless", "silero_vad/data/silero_vad_op18_ifless.onnx", bound={"sr": 16000}, **OF_SILERO),
    Row("silero_vad_openvino_16k", "silero_vad/data/silero_vad_openvino_16k.onnx", **OF_SILERO),
    Row("silero_vad_16k_sequence", "silero_vad/data/silero_vad_16k_sequence.onnx", **(OF_SILERO | SEQUENCE)),
    Row(
        "magika",
        "magika/models/standard_v3_3/model.onnx",
        "magika==1.0.3",
        shapes={"bytes": [1, 2048]},
        below={"bytes": 257},
    ),
    Row(
        "basic_pitch",
        "basic_pitch/saved_models/icassp_2022/nmp.onnx",
        "basic-pitch==0.4.0",
        shapes={"serving_default_input_2:0": [1, 43844, 1]},
    ),
]

ROWS = {row.name: row for row in [*ONE_BLOCK, *CLASSIC, *EXPORTS, *TRAINED]}

if __name__ == "__main__":
    print("\n".join(f"{row.group} {row.name}" for row in ROWS.values()))
