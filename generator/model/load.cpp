// Reads and parses an ONNX file, checks that it is one, makes sparse constants dense, and dumps it as text.
#include "model/model.hpp"
#include "model/nesting.hpp"
#include "model/sparse.hpp"
#include "support/failure.hpp"
#include "support/input_file.hpp"
#include "support/sha256.hpp"
#include <google/protobuf/io/coded_stream.h>
#include <limits>

namespace cameo::generator {

namespace {

constexpr std::size_t largest_file = std::numeric_limits<int>::max();

}  // namespace

model load(const std::filesystem::path& path)
{
    const input_file file(path, printable(path.string()) + ":");
    if (file.size() > largest_file) {
        throw failure("{}: has {} bytes; a protobuf message has less than 2 GB: save the weights beside the model, as "
                      "external data",
            path.string(), file.size());
    }
    const std::string bytes = file.read_all(largest_file);
    model m;
    m.path = path;
    m.digest = sha256(bytes);
    google::protobuf::io::CodedInputStream stream(
        reinterpret_cast<const std::uint8_t*>(bytes.data()), static_cast<int>(bytes.size()));
    stream.SetRecursionLimit(deepest_message);
    if (!m.proto.ParseFromCodedStream(&stream) || !stream.ConsumedEntireMessage()) {
        if (const std::string node = too_deep_node(bytes); !node.empty()) {
            throw failure("{}: node '{}': graphs are within each other more than {} deep, which is not supported",
                path.string(), printable(node), deepest_message / 3);
        }
        throw failure("{}: is not an ONNX model: the bytes are no ModelProto (truncated, or another kind of file)",
            path.string());
    }
    if (!m.proto.has_graph()) {
        throw failure("{}: is not an ONNX model: it has no graph", path.string());
    }
    if (m.proto.opset_import_size() == 0) {
        throw failure("{}: names no operator set (opset_import is empty): export it again", path.string());
    }
    try {
        for (const std::string& name : files_of(m)) {
            keep_as_input(name);
        }
        make_dense(m.proto, path.parent_path());
    } catch (const failure& f) {
        throw failure("{}: {}", path.string(), f.what());
    }
    return m;
}

element to_element(int code)
{
    return find_element([code](element e) { return static_cast<int>(e) == code; });
}

element element_for(int code, float16_use use)
{
    const element e = to_element(code);
    return use == float16_use::as_float32 && size_of(e) == sizeof(std::uint16_t) ? computed_in(e) : e;
}

std::string element_type_name(int code)
{
    if (!onnx::TensorProto::DataType_IsValid(code)) {
        return fmt::format("element type {}", code);
    }
    std::string name = onnx::TensorProto::DataType_Name(static_cast<onnx::TensorProto::DataType>(code));
    for (char& c : name) {
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return name;
}

std::string dump(const model& m)
{
    const auto& g = m.proto.graph();
    std::string text = fmt::format("model ir_version {} producer {} graph {}\n", m.proto.ir_version(),
        printable(m.proto.producer_name()), printable(g.name()));
    for (const auto& o : m.proto.opset_import()) {
        text += fmt::format("opset {} {}\n", o.domain().empty() ? "ai.onnx" : printable(o.domain()), o.version());
    }
    for (const auto& v : g.input()) {
        text += fmt::format("input {}\n", printable(v.name()));
    }
    for (const auto& t : g.initializer()) {
        text += fmt::format(
            "initializer {} {} {}\n", printable(t.name()), element_type_name(t.data_type()), fmt::join(t.dims(), "x"));
    }
    for (const auto& n : g.node()) {
        std::string in, out;
        for (const auto& i : n.input()) {
            in += " " + printable(i);
        }
        for (const auto& o : n.output()) {
            out += " " + printable(o);
        }
        text += fmt::format("node {} {}:{} ->{}\n", printable(n.op_type()), printable(n.name()), in, out);
    }
    for (const auto& v : g.output()) {
        text += fmt::format("output {}\n", printable(v.name()));
    }
    return text;
}

}  // namespace cameo::generator
