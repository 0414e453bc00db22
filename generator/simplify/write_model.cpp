// Serializes a model, with its weights in the file or in an external data file beside it.
#include "simplify/write_model.hpp"
#include "model/bodies.hpp"
#include "model/external.hpp"
#include "support/failure.hpp"
#include "support/output_files.hpp"
#include <algorithm>
#include <deque>
#include <functional>

namespace cameo::generator {

namespace {

using visitor = std::function<void(onnx::TensorProto&)>;

void each_tensor(onnx::GraphProto& g, const visitor& visit)
{
    for (auto& t : *g.mutable_initializer()) {
        visit(t);
    }
    for (auto& n : *g.mutable_node()) {
        for (auto& a : *n.mutable_attribute()) {
            if (a.has_t()) {
                visit(*a.mutable_t());
            }
            for (auto& t : *a.mutable_tensors()) {
                visit(t);
            }
        }
        each_body(n, [&](onnx::GraphProto& body) { each_tensor(body, visit); });
    }
}

/// Reads a tensor's external data into the model.
void take_in(onnx::TensorProto& t, const std::filesystem::path& directory)
{
    if (t.data_location() == onnx::TensorProto::EXTERNAL) {
        t.set_raw_data(external_bytes(t, directory));
    }
    t.clear_external_data();
    t.clear_data_location();
}

void add_entry(onnx::TensorProto& t, const std::string& key, const std::string& value)
{
    auto& entry = *t.add_external_data();
    entry.set_key(key);
    entry.set_value(value);
}

/// Collects tensors for an external data file. Each begins at a page, so that readers can map it.
class data_file {
public:
    explicit data_file(std::string name) : name_(std::move(name)) {}

    void take(onnx::TensorProto& t)
    {
        constexpr std::size_t worth_it = 1024;
        if (t.raw_data().size() < worth_it) {
            return;
        }
        const std::size_t offset = (end_ + page.size() - 1) / page.size() * page.size();
        pieces_.push_back(std::string_view(page).substr(0, offset - end_));
        const std::string& bytes = parts_.emplace_back(std::move(*t.mutable_raw_data()));
        pieces_.push_back(bytes);
        end_ = offset + bytes.size();
        add_entry(t, "location", name_);
        add_entry(t, "offset", fmt::format("{}", offset));
        add_entry(t, "length", fmt::format("{}", bytes.size()));
        t.clear_raw_data();
        t.set_data_location(onnx::TensorProto::EXTERNAL);
    }
    const output_files::pieces& pieces() const { return pieces_; }

private:
    inline static const std::string page = std::string(4096, '\0');
    std::string name_;
    std::deque<std::string> parts_;
    output_files::pieces pieces_;
    std::size_t end_ = 0;
};

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
    const bool outside = external || bytes > largest;
    if (outside && stands_alone(output)) {
        throw failure("{}: is one file: the weights are to be beside it", printable(output.string()));
    }
    const std::filesystem::path data = with_ending(output, ".data");
    data_file weights(data.filename().string());
    if (outside) {
        each_tensor(g, [&](onnx::TensorProto& t) { weights.take(t); });
    }
    std::string text;
    if (!m.proto.SerializePartialToString(&text)) {
        throw failure("{}: cannot be written: protobuf does not take a model of this size", printable(output.string()));
    }
    output_files files;
    if (outside) {
        files.add(data, weights.pieces());
    }
    files.add(output, text);
    files.commit();
    files.tell();
}

}  // namespace cameo::generator
