// Implements what passes that fuse nodes share.
#include "passes/fuse.hpp"

namespace cameo::generator {

void take_result(graph& g, node& producer, node& reader)
{
    producer.set_result(0, reader.result());
    append_origins(producer, reader);
    g.erase(reader);
}

}  // namespace cameo::generator
