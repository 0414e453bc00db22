"""Operators that are composed at import, where the node tests of the onnx package do not reach: against onnxruntime
or numpy, and what is refused."""

import numpy as np
import onnxruntime
from onnx import helper, numpy_helper
from support import GeneratorTest, cameo, main, model, tensor


class Composed(GeneratorTest):
    def setUp(self):
        super().setUp()
        self.random = np.random.default_rng(11)

    def one_node(self, operator, operands, constants, opset, outputs=1, **attributes):
        """A model of one node; operands are arrays, None where absent, and those of `constants` are no inputs."""
        names = ["" if array is None else f"x{k}" for k, array in enumerate(operands)]
        inputs = [k for k, array in enumerate(operands) if array is not None and k not in constants]
        results = [f"y{k}" for k in range(outputs)]
        made = model(
            [helper.make_node(operator, names, results, **attributes)],
            [tensor(names[k], operands[k].shape, helper.np_dtype_to_tensor_dtype(operands[k].dtype)) for k in inputs],
            [helper.make_empty_tensor_value_info(name) for name in results],
            [numpy_helper.from_array(operands[k], names[k]) for k in constants],
            opset,
        )
        if "domain" in attributes:
            made.opset_import.append(helper.make_opsetid(attributes["domain"], 1))
        return made

    def found(self, operator, operands, constants=(), opset=23, **attributes):
        """What `run` makes of it, and the inputs and file that it read."""
        path = self.save(self.one_node(operator, operands, constants, opset, **attributes))
        given = {f"x{k}": array for k, array in enumerate(operands) if array is not None and k not in constants}
        options = []
        for name, array in given.items():
            np.save(self.directory / f"{name}.npy", array)
            options += ["--input", f"{name}={self.directory / name}.npy"]
        done = cameo("run", path, "--output-dir", self.directory, *options)
        self.assertEqual(done.returncode, 0, done.stderr)
        return np.load(self.directory / "output_0.npy"), given, path

    def check(self, operator, operands, constants=(), opset=23, off_by=0, **attributes):
        result, given, path = self.found(operator, operands, constants, opset, **attributes)
        expected = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"]).run(None, given)[0]
        self.assertEqual((result.dtype, result.shape), (expected.dtype, expected.shape))
        np.testing.assert_allclose(
            result.astype(float), expected.astype(float), rtol=0 if off_by else 1e-4, atol=off_by or 1e-5
        )

    def refuse(self, message, operator, operands, constants=(), opset=23, **attributes):
        self.assert_refused(self.save(self.one_node(operator, operands, constants, opset, **attributes)), message)

    def floats(self, *shape):
        return self.random.standard_normal(shape).astype(np.float32)

    def bytes(self, *shape, element=np.uint8):
        return self.random.integers(0, 256, shape).astype(element)

    def test_windows_of_attention_beyond_all_keys(self):
        """The largest number is no bound, on either side."""
        operands = [self.floats(1, 2, 3, 4) for _ in range(3)]
        expected = self.found("Attention", operands, opset=25)[0]
        for size in (2, 2**62, 2**63 - 1):
            windows = {"left_window_size": size, "right_window_size": size}
            result = self.found("Attention", operands, opset=25, **windows)[0]
            np.testing.assert_allclose(result, expected, rtol=1e-6)

    def test_attention_shares_keys_among_heads(self):
        self.check(
            "Attention",
            [self.floats(2, 8, 5, 16), self.floats(2, 2, 9, 16), self.floats(2, 2, 9, 16), self.floats(5, 9)],
            softcap=3.0,
            scale=0.3,
        )

    def test_attention_refuses(self):
        q, k = self.floats(1, 3, 4, 8), self.floats(1, 2, 4, 8)
        self.refuse("do not divide among", "Attention", [q, k, k])
        self.refuse("'softcap' must not be negative", "Attention", [k, k, k], softcap=-1.0)
        self.refuse("'softmax_precision' must be", "Attention", [k, k, k], softmax_precision=7)
        self.refuse("must be given together", "Attention", [k, k, k, None, k])
        self.refuse("'left_window_size' is not known", "Attention", [k, k, k], left_window_size=2)
        self.refuse("could be broadcast or padded", "Attention", [k, k, k, self.floats(4, 1)], opset=24)

    def test_flex_attention_refuses(self):
        q = self.floats(1, 2, 4, 8)

        def changed_by(*graph):
            return {"domain": "ai.onnx.preview", "score_mod": helper.make_graph([], "changed", *graph)}

        scores, other = tensor("s", [1, 2, 4, 4]), tensor("t", [1, 2, 4, 4])
        refused = [
            ("must have 4 axes", [q[0], q, q], {"domain": "ai.onnx.preview"}),
            ("one input and one output, found 2 and 1", [q, q, q], changed_by([scores, other], [scores])),
            ("do not fit together", [q, q, q[:, :1]], {"domain": "ai.onnx.preview"}),
        ]
        for message, operands, attributes in refused:
            with self.subTest(message):
                self.refuse(message, "FlexAttention", operands, **attributes)

    def test_causal_convolution_refuses(self):
        x, w = self.floats(1, 3, 5), self.floats(3, 1, 4)
        for message, operands, attributes in [
            ("channels x 1 x size", [x, self.floats(6, 1, 4)], {}),
            ("the past must be float32[1,3,3], found float32[1,3,4]", [x, w, None, self.floats(1, 3, 4)], {}),
            ("'activation' must be none, silu or swish", [x, w], {"activation": "relu"}),
            ("attribute 'group' is not known", [x, w], {"group": 3}),
        ]:
            with self.subTest(message):
                self.refuse(message, "CausalConvWithState", operands, opset=27, **attributes)

    def test_a_causal_convolution_of_one_number_has_no_past(self):
        x, w = self.floats(1, 3, 5), self.floats(3, 1, 1)
        result, _, _ = self.found("CausalConvWithState", [x, w], opset=27)
        np.testing.assert_allclose(result, x * w[None, :, 0])

    def test_bits_of_another_size_are_refused(self):
        self.refuse("types must have equally many bits", "BitCast", [self.floats(2)], opset=26, to=7)

    def test_an_optional_is_its_tensor(self):
        nodes = [
            helper.make_node("Optional", ["x"], ["optional"]),
            helper.make_node("OptionalGetElement", ["optional"], ["y"]),
            helper.make_node("OptionalHasElement", ["optional"], ["has"]),
        ]
        made = model(nodes, [tensor("x", [2])], [helper.make_empty_tensor_value_info(name) for name in ("y", "has")])
        made.opset_import[0].version = 18
        x = self.floats(2)
        np.save(self.directory / "x.npy", x)
        options = ["--output-dir", self.directory, "--input", f"x={self.directory}/x.npy"]
        done = cameo("run", self.save(made), *options)
        self.assertEqual(done.returncode, 0, done.stderr)
        np.testing.assert_array_equal(np.load(self.directory / "output_0.npy"), x)
        self.assertEqual(np.load(self.directory / "output_1.npy"), True)

    def test_optimizers_refuse(self):
        rate, count, x = np.float32(0.1).reshape(1), np.array([3]), self.floats(4)
        attributes = {"domain": "ai.onnx.preview.training", "outputs": 3}
        for message, operands in [
            ("2 operands and 4 for each tensor, found 7", [rate, count, x, x, x, x, x]),
            ("must be of one type, found float32[4] and float32[3]", [rate, count, x, x, x, x[:3]]),
            ("operand 0 must be one number, found float32[4]", [x, count, x, x, x, x]),
        ]:
            with self.subTest(message):
                self.refuse(message, "Adam", operands, **attributes)

    def test_features_of_ml(self):
        x, columns = self.random.integers(-3, 4, (4, 5)).astype(np.int32), np.array([4, 0, 0])
        attributes = {"domain": "ai.onnx.ml"}
        self.check("ArrayFeatureExtractor", [x, columns], constants=[1], **attributes)
        self.check("ArrayFeatureExtractor", [x[0], columns], constants=[1], **attributes)
        for threshold in (-0.5, 0.5, 2.0):
            result, _, _ = self.found("Binarizer", [x], threshold=threshold, **attributes)
            np.testing.assert_array_equal(result, (x > threshold).astype(np.int32))
        self.refuse(
            "attribute 'threshold' is 10000000000, beyond all int32", "Binarizer", [x], threshold=1e10, **attributes
        )

    def test_n_grams(self):
        x = self.random.integers(0, 4, (3, 30))
        pool = {"pool_int64s": [0, 1, 2, 1, 2, 3, 3, 1 << 40, 2, 0, 1, 2], "ngram_counts": [0, 3, 9]}
        lengths = {"min_gram_length": 1, "max_gram_length": 3, "max_skip_count": 2}
        columns = {"ngram_indexes": [6, 5, 4, 3, 1, 2, 0], "weights": [0.5, 1, 2, 3, 4, 5, 6]}
        for element in (np.int64, np.int32):
            for mode in ("TF", "IDF", "TFIDF"):
                self.check("TfIdfVectorizer", [x.astype(element)], opset=9, mode=mode, **pool, **lengths, **columns)
        twice = columns | {"ngram_indexes": [6, 5, 4, 3, 1, 2, 2]}
        self.refuse("n-grams of column 2 have", "TfIdfVectorizer", [x], mode="IDF", opset=9, **pool, **lengths, **twice)
        few = columns | {"weights": [1.0]}
        self.refuse(
            "a weight for each of 7 n-grams, found 1",
            "TfIdfVectorizer",
            [x],
            mode="IDF",
            opset=9,
            **pool,
            **lengths,
            **few,
        )

    def test_rotary_embedding_in_part(self):
        positions = self.random.integers(0, 50, (2, 5))
        for interleaved in (0, 1):
            operands = [self.floats(2, 4, 5, 16), self.floats(50, 6), self.floats(50, 6), positions]
            self.check("RotaryEmbedding", operands, interleaved=interleaved, rotary_embedding_dim=12)

    def test_products_of_many_bytes_are_exact(self):
        for a, b in (
            (self.bytes(3, 1000), self.bytes(1000, 5)),
            (np.full([3, 1000], 255, np.uint8), np.full([1000, 5], 255, np.uint8)),
        ):
            result, _, _ = self.found("MatMulInteger", [a, b, self.bytes(3), self.bytes(5)], opset=10)
            given = [np.load(self.directory / f"x{k}.npy").astype(np.int64) for k in range(4)]
            np.testing.assert_array_equal(result, (given[0] - given[2][:, None]) @ (given[1] - given[3]))

    def test_convolution_of_bytes_is_exact(self):
        operands = [self.bytes(1, 40, 9, 9), self.bytes(5, 40, 3, 3), np.uint8(7), np.uint8(130)]
        self.check("ConvInteger", [np.asarray(o) for o in operands], (1, 2, 3), 10, pads=[1, 0, 1, 1])

    def test_quantized_convolution_has_a_scale_for_each_channel(self):
        scales = self.random.uniform(0.005, 0.025, 16).astype(np.float32)
        operands = [
            self.bytes(1, 8, 14, 14),
            np.float32(0.02),
            np.uint8(120),
            self.bytes(16, 8, 3, 3, element=np.int8),
            scales,
            np.zeros(16, np.int8),
            np.float32(0.3),
            np.uint8(100),
            self.random.integers(-500, 500, 16).astype(np.int32),
        ]
        self.check(
            "QLinearConv", [np.asarray(o) for o in operands], range(1, 9), 10, off_by=1, pads=[1] * 4, strides=[2, 2]
        )

    def test_short_time_spectrum(self):
        signal, window = self.floats(2, 4000, 1), np.hanning(400).astype(np.float32)
        result, _, _ = self.found("STFT", [signal, np.asarray(160), window, np.asarray(400)], (1, 2, 3), 17)
        frames = np.stack([signal[:, k : k + 400, 0] * window for k in range(0, 3601, 160)], 1)
        np.testing.assert_allclose(result[..., 0] + 1j * result[..., 1], np.fft.rfft(frames), atol=1e-4)
        self.refuse(
            "the signal is complex", "STFT", [self.floats(1, 100, 2), np.asarray(10), None, np.asarray(40)], (1, 3), 17
        )

    def test_spectrum_of_other_lengths(self):
        x = self.floats(2, 10, 3)
        for length in (7, 10, 33):
            complex_x = x[..., 0::2][..., 0] + 1j * x[..., 1]
            for inverse, transform in ((0, np.fft.fft), (1, np.fft.ifft)):
                result, _, _ = self.found(
                    "DFT",
                    [np.stack([complex_x.real, complex_x.imag], -1), np.asarray(length)],
                    (1,),
                    20,
                    inverse=inverse,
                )
                np.testing.assert_allclose(
                    result[..., 0] + 1j * result[..., 1], transform(complex_x, length), atol=1e-5
                )
            result, _, _ = self.found(
                "DFT",
                [np.stack([complex_x.real, complex_x.imag], -1), np.asarray(length)],
                (1,),
                20,
                inverse=1,
                onesided=1,
            )
            np.testing.assert_allclose(result[..., 0], np.fft.irfft(complex_x, length), atol=1e-5)

    def test_mel_bands(self):
        operands = [
            np.asarray(80),
            np.asarray(400),
            np.asarray(16000),
            np.asarray(np.float32(20)),
            np.asarray(np.float32(7600)),
        ]
        self.check("MelWeightMatrix", operands, range(5), 17)
        operands[4] = np.asarray(np.float32(9000))
        self.refuse("lies at bin", "MelWeightMatrix", operands, range(5), 17)

    def test_samples_far_outside(self):
        for mode in ("bilinear", "nearest", "bicubic"):
            for padding in ("zeros", "border", "reflection"):
                for aligned in (0, 1):
                    operands = [self.floats(2, 3, 7, 9), 2.5 * self.floats(2, 5, 6, 2)]
                    self.check("GridSample", operands, opset=16, mode=mode, padding_mode=padding, align_corners=aligned)

    def test_targets_must_be_classes(self):
        target = np.asarray([0, 5, 2])
        self.refuse("index 5 is out of range", "NegativeLogLikelihoodLoss", [self.floats(3, 5), target], (1,), 13)
        self.check("SoftmaxCrossEntropyLoss", [self.floats(3, 5), target], (1,), 13, ignore_index=5)

    def test_lengths_must_fit(self):
        self.refuse("a length of 7 does not fit", "ReverseSequence", [self.floats(6, 2), np.asarray([7, 1])], (1,), 10)


if __name__ == "__main__":
    main()
