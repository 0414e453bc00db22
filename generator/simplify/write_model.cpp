#include "simplify/write_model.hpp"
#include "model/external.hpp"
#include "model/bodies.hpp"
#include "support/failure.hpp"
#include <algorithm>
#include <fstream>
#include <functional>

namespace cameo::generator {

namespace {

using visitor = std::function<void(onnx::TensorProto&)>;

void each_tensor(onnx::GraphProto& g, const visitor& visit)
{
    for (auto& t : *g.mutable_initializer()) visit(t);
    for (auto& n : *g.mutable_node()) {
        for (auto& a : *n.mutable_attribute()) {
            if (a.has_t()) visit(*a.mutable_t());
            for (auto& t : *a.mutable_tensors()) visit(t);
        }
        each_body(n, [&](onnx::GraphProto& body) { each_tensor(body, visit); });
    }
}

/// Data of other files come into this one.
void take_in(onnx::TensorProto& t, const std::filesystem::path& directory)
{
    if (t.data_location() == onnx::TensorProto::EXTERNAL) t.set_raw_data(external_bytes(t, directory));
    t.clear_external_data();
    t.clear_data_location();
}

void add_entry(onnx::TensorProto& t, const std::string& key, const std::string& value)
{
    auto& entry = *t.add_external_data();
    entry.set_key(key);
    entry.set_value(value);
}

/// Data go out into a file, at the end of what is there, in pages: readers map them.
void put_out(onnx::TensorProto& t, const std::string& location, std::ofstream& file, std::size_t& end)
{
    constexpr std::size_t page = 4096, worth_it = 1024;
    if (t.raw_data().size() < worth_it) return;
    const std::size_t offset = (end + page - 1) / page * page;
    file << std::string(offset - end, '\0') << t.raw_data();
    end = offset + t.raw_data().size();
    add_entry(t, "location", location);
    add_entry(t, "offset", fmt::format("{}", offset));
    add_entry(t, "length", fmt::format("{}", t.raw_data().size()));
    t.clear_raw_data();
    t.set_data_location(onnx::TensorProto::EXTERNAL);
}

std::filesystem::path with_ending(std::filesystem::path path, const char* ending) { return path += ending; }

}  // namespace

void write_model(model& m, const std::filesystem::path& output, bool external)
{
    constexpr std::size_t largest = 2'000'000'000;  // of a protobuf message it is 2^31
    onnx::GraphProto& g = *m.proto.mutable_graph();
    std::size_t bytes = 0;
    each_tensor(g, [&](onnx::TensorProto& t) {
        take_in(t, m.path.parent_path());
        bytes += t.ByteSizeLong();
    });
    const std::filesystem::path data = with_ending(output, ".data"), data_part = with_ending(data, ".part"), part = with_ending(output, ".part");
    const bool outside = external || bytes > largest;
    bool written = true;
    if (outside) {
        std::ofstream file(data_part, std::ios::binary);
        std::size_t end = 0;
        each_tensor(g, [&](onnx::TensorProto& t) { put_out(t, data.filename().string(), file, end); });
        file.close();
        written = !file.fail();
    }
    std::ofstream file(part, std::ios::binary);
    written = m.proto.SerializePartialToOstream(&file) && written;
    file.close();
    if (!written || file.fail()) {
        std::filesystem::remove(part);
        std::filesystem::remove(data_part);
        throw failure("{}: cannot be written", output.string());
    }
    if (outside) std::filesystem::rename(data_part, data);
    std::filesystem::rename(part, output);
}

}  // namespace cameo::generator
