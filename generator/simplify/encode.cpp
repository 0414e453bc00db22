// Encodes a tensor as a TensorProto with raw data.
#include "simplify/encode.hpp"
#include "model/packing.hpp"

namespace cameo::generator {

onnx::TensorProto encoded(const std::string& name, const tensor& data)
{
    onnx::TensorProto proto;
    proto.set_name(name);
    proto.set_data_type(code_of(data.type.element));
    for (int axis = 0; axis < data.type.shape.rank; ++axis) {
        proto.add_dims(data.type.shape[axis]);
    }
    proto.set_raw_data(packed(data));
    return proto;
}

}  // namespace cameo::generator
