#include "simplify/encode.hpp"

namespace cameo::generator {

int code_of(element e)
{
    switch (e) {
        case element::float32: return onnx::TensorProto::FLOAT;
        case element::float64: return onnx::TensorProto::DOUBLE;
        case element::int32: return onnx::TensorProto::INT32;
        case element::int64: return onnx::TensorProto::INT64;
        case element::uint8: return onnx::TensorProto::UINT8;
        case element::int8: return onnx::TensorProto::INT8;
        case element::boolean: return onnx::TensorProto::BOOL;
        case element::none: break;
    }
    return onnx::TensorProto::UNDEFINED;
}

onnx::TensorProto encoded(const std::string& name, const tensor& data)
{
    onnx::TensorProto proto;
    proto.set_name(name);
    proto.set_data_type(code_of(data.type.element));
    for (int axis = 0; axis < data.type.shape.rank; ++axis) proto.add_dims(data.type.shape[axis]);
    proto.set_raw_data(data.bytes.data(), data.bytes.size());
    return proto;
}

}  // namespace cameo::generator
