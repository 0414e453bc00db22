// Times onnxruntime through its C API, with inputs, results and state bound once:
// onnxruntime SECONDS LIBRARY model.onnx [input=output…], or, where each call has other numbers,
// onnxruntime SECONDS LIBRARY model.onnx --rows FILE
#include "inputs.hpp"
#include "measure.hpp"
#include "rows.hpp"
#include <array>
#include <cstdlib>
#include <dlfcn.h>
#include <onnxruntime_c_api.h>
#include <string>
#include <string_view>

namespace {

const OrtApi* api;

void check(OrtStatus* status)
{
    if (status == nullptr) {
        return;
    }
    std::fprintf(stderr, "error: onnxruntime: %s\n", api->GetErrorMessage(status));
    std::exit(1);
}

template <class T, class... Parameter, class... Argument>
T* make(OrtStatus* (*create)(Parameter...), Argument... arguments)
{
    T* made;
    check(create(arguments..., &made));
    return made;
}

/// Loads the library at run time, since that of the Python package has no development files to link with.
void load(const char* library)
{
    void* const handle = dlopen(library, RTLD_NOW);
    void* const entry = handle ? dlsym(handle, "OrtGetApiBase") : nullptr;
    if (entry == nullptr) {
        std::fprintf(stderr, "error: %s\n", dlerror());
        std::exit(1);
    }
    const OrtApiBase* const base = reinterpret_cast<decltype(&OrtGetApiBase)>(entry)();
    api = base->GetApi(ORT_API_VERSION);
    if (api == nullptr) {
        std::fprintf(stderr, "error: onnxruntime_c_api.h is newer than the library, %s\n", base->GetVersionString());
        std::exit(1);
    }
}

OrtSession* open(const char* model)
{
    auto* environment = make<OrtEnv>(api->CreateEnv, ORT_LOGGING_LEVEL_ERROR, "latency");
    auto* options = make<OrtSessionOptions>(api->CreateSessionOptions);
    check(api->SetIntraOpNumThreads(options, 1));
    check(api->SetInterOpNumThreads(options, 1));
    check(api->SetSessionGraphOptimizationLevel(options, ORT_ENABLE_ALL));
    return make<OrtSession>(api->CreateSession, environment, model, options);
}

/// An input or output: its memory and, if it is state, that of the other run, with which it alternates.
struct value {
    std::string name;
    std::vector<std::int64_t> shape;
    std::array<std::vector<float>, 2> memory;
    std::array<OrtValue*, 2> tensor{};
};

/// Allocates zeroed memory for tensor k.
void allocate(value& v, std::size_t k)
{
    std::size_t count = 1;
    for (const std::int64_t extent : v.shape) {
        count *= static_cast<std::size_t>(extent);
    }
    v.memory[k].assign(count, 0);
    auto* place = make<OrtMemoryInfo>(api->CreateCpuMemoryInfo, OrtArenaAllocator, OrtMemTypeDefault);
    v.tensor[k] = make<OrtValue>(api->CreateTensorWithDataAsOrtValue, place, v.memory[k].data(), count * sizeof(float),
        v.shape.data(), v.shape.size(), ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT);
}

std::vector<value> values(const OrtSession* session, decltype(api->SessionGetInputCount) count_of,
    decltype(api->SessionGetInputName) name_of, decltype(api->SessionGetInputTypeInfo) type_of)
{
    auto* allocator = make<OrtAllocator>(api->GetAllocatorWithDefaultOptions);
    std::size_t count = 0;
    check(count_of(session, &count));
    std::vector<value> all(count);
    for (std::size_t i = 0; i < count; ++i) {
        all[i].name = make<char>(name_of, session, i, allocator);
        const OrtTensorTypeAndShapeInfo* tensor;
        check(api->CastTypeInfoToTensorInfo(make<OrtTypeInfo>(type_of, session, i), &tensor));
        std::size_t rank = 0;
        check(api->GetDimensionsCount(tensor, &rank));
        all[i].shape.resize(rank);
        check(api->GetDimensions(tensor, all[i].shape.data(), rank));
        allocate(all[i], 0);
        all[i].tensor[1] = all[i].tensor[0];
    }
    return all;
}

/// A session whose state alternates between two bindings, without a copy.
struct network {
    OrtSession* session;
    std::vector<value> inputs, outputs;
    std::array<OrtIoBinding*, 2> binding{};
    std::size_t turn = 0;

    explicit network(const char* model)
        : session(open(model)),
          inputs(values(session, api->SessionGetInputCount, api->SessionGetInputName, api->SessionGetInputTypeInfo)),
          outputs(values(session, api->SessionGetOutputCount, api->SessionGetOutputName, api->SessionGetOutputTypeInfo))
    {
    }

    void operator()()
    {
        check(api->RunWithBinding(session, nullptr, binding[turn]));
        turn = 1 - turn;
    }
};

value* find(std::vector<value>& all, const std::string& name)
{
    const auto found = std::find_if(all.begin(), all.end(), [&](const value& v) { return v.name == name; });
    if (found != all.end()) {
        return &*found;
    }
    std::fprintf(stderr, "error: the model has no input or output '%s'\n", name.c_str());
    std::exit(1);
}

/// Makes an output the input of the next run.
void feed_back(network& net, const std::string& pair)
{
    const std::size_t sign = pair.find('=');
    value* state = find(net.inputs, pair.substr(0, sign));
    value* next = find(net.outputs, pair.substr(sign + 1));
    allocate(*state, 1);
    next->tensor = {state->tensor[1], state->tensor[0]};
}

void bind(network& net)
{
    latency::filler inputs;
    for (value& v : net.inputs) {
        if (v.tensor[0] == v.tensor[1]) {
            inputs.fill(v.memory[0]);
        }
    }
    for (std::size_t k = 0; k < 2; ++k) {
        net.binding[k] = make<OrtIoBinding>(api->CreateIoBinding, net.session);
        for (const value& v : net.inputs) {
            check(api->BindInput(net.binding[k], v.name.c_str(), v.tensor[k]));
        }
        for (const value& v : net.outputs) {
            check(api->BindOutput(net.binding[k], v.name.c_str(), v.tensor[k]));
        }
    }
}

std::vector<float> results_of(const network& net)
{
    std::vector<float> results;
    for (const value& v : net.outputs) {
        if (v.tensor[0] == v.tensor[1]) {
            results.insert(results.end(), v.memory[0].begin(), v.memory[0].end());
        }
    }
    return results;
}

/// Measures calls that each copy other numbers to the first input.
void measure_rows(network& net, double duration, const char* file)
{
    bind(net);
    std::vector<float>& input = net.inputs[0].memory[0];
    latency::rows<float> rows(file, input.size());
    const auto call = [&] {
        std::ranges::copy(rows.next(), input.begin());
        net();
    };
    call();
    const std::vector<float> results = results_of(net);
    latency::print(latency::measure(duration, call), results);
}

}  // namespace

int main(int count, char** arguments)
{
    if (count < 4) {
        return 2;
    }
    load(arguments[2]);
    network net(arguments[3]);
    const double duration = 1e9 * std::atof(arguments[1]);
    if (count == 6 && arguments[4] == std::string_view("--rows")) {
        measure_rows(net, duration, arguments[5]);
        return 0;
    }
    for (int i = 4; i < count; ++i) {
        feed_back(net, arguments[i]);
    }
    bind(net);
    for (int i = 0; i < latency::runs; ++i) {
        net();
    }
    const std::vector<float> results = results_of(net);
    latency::print(latency::measure(duration, [&] { net(); }), results);
}
