// Converts sparse initializers and constants to dense tensors, the only kind that later stages handle.
#include "model/sparse.hpp"
#include "support/failure.hpp"

namespace cameo::generator {

namespace {

/// The most bytes that all sparse tensors of a file may take once they are dense.
constexpr std::size_t largest_dense = std::size_t{1} << 30;

/// Returns where each value lies in the dense tensor, from positions in row-major order [n], or coordinates [n, rank].
std::vector<dim> positions(const tensor& indices, const shape& dense, const std::string& name)
{
    const shape& form = indices.type.shape;
    const bool linear = form.rank == 1;
    if (indices.type.element != element::int64 || !(linear || (form.rank == 2 && form[1] == dense.rank))) {
        throw failure("sparse tensor '{}': indices must be int64[n] or int64[n,{}], found {}", name, dense.rank,
            to_string(indices.type));
    }
    std::vector<dim> places;
    for (dim k = 0; k < form[0]; ++k) {
        dim place = 0;
        for (int axis = 0; axis < (linear ? 1 : dense.rank); ++axis) {
            const dim extent = linear ? dense.count() : dense[axis],
                      at = indices.as<dim>()[index(linear ? k : k * dense.rank + axis)];
            if (at < 0 || at >= extent) {
                throw failure("sparse tensor '{}': index {} is not below {}", name, at, extent);
            }
            place = place * extent + at;
        }
        if (!places.empty() && place <= places.back()) {
            throw failure("sparse tensor '{}': indices must be ascending, each once", name);
        }
        places.push_back(place);
    }
    return places;
}

class densifier {
public:
    explicit densifier(const std::filesystem::path& directory) : directory_(directory) {}

    void visit(onnx::GraphProto& graph)
    {
        for (const auto& sparse : graph.sparse_initializer()) {
            *graph.add_initializer() = dense(sparse);
        }
        graph.clear_sparse_initializer();
        visit_nodes(*graph.mutable_node());
    }

    void visit_nodes(google::protobuf::RepeatedPtrField<onnx::NodeProto>& nodes)
    {
        for (auto& node : nodes) {
            for (auto& attribute : *node.mutable_attribute()) {
                if (attribute.has_g()) {
                    visit(*attribute.mutable_g());
                }
                if (node.op_type() == "Constant" && attribute.has_sparse_tensor()) {
                    replace(attribute);
                }
            }
        }
    }

private:
    void replace(onnx::AttributeProto& attribute)
    {
        *attribute.mutable_t() = dense(attribute.sparse_tensor());
        attribute.clear_sparse_tensor();
        attribute.set_name("value");
        attribute.set_type(onnx::AttributeProto::TENSOR);
    }

    onnx::TensorProto dense(const onnx::SparseTensorProto& sparse)
    {
        const std::string name = printable(sparse.values().name());
        const tensor values = decode(sparse.values(), directory_), indices = decode(sparse.indices(), directory_);
        onnx::TensorProto proto;
        proto.set_name(sparse.values().name());
        proto.set_data_type(sparse.values().data_type());
        *proto.mutable_dims() = sparse.dims();
        const tensor_type type = declared_type(proto);
        const std::size_t size = size_of(type.element);
        left_ -= std::min(left_, bytes(type));
        if (left_ == 0) {
            throw failure(
                "sparse tensor '{}': {} is too large to be dense, with those before it: {} bytes in all are supported",
                name, to_string(type), largest_dense);
        }
        const std::vector<dim> places = positions(indices, type.shape, name);
        if (values.type.shape != shape{static_cast<dim>(places.size())}) {
            throw failure("sparse tensor '{}': {} values, and {} indices", name, to_string(values.type), places.size());
        }
        std::string& raw = *proto.mutable_raw_data();
        raw.resize(bytes(type));
        for (std::size_t k = 0; k < places.size(); ++k) {
            std::memcpy(raw.data() + index(places[k]) * size, values.bytes.data() + k * size, size);
        }
        // They are read no more, but remain files that the model is made of.
        for (const auto* part : {&sparse.values(), &sparse.indices()}) {
            proto.mutable_external_data()->MergeFrom(part->external_data());
        }
        return proto;
    }

    const std::filesystem::path& directory_;
    std::size_t left_ = largest_dense;
};

}  // namespace

void make_dense(onnx::ModelProto& proto, const std::filesystem::path& directory)
{
    densifier all(directory);
    all.visit(*proto.mutable_graph());
    for (auto& function : *proto.mutable_functions()) {
        all.visit_nodes(*function.mutable_node());
    }
}

}  // namespace cameo::generator
