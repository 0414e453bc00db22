// The page of `cameo report`: the files of report/page/ in one, together with the data.
#pragma once
#include "support/json.hpp"
#include <string_view>

namespace cameo::generator {

/// A file of report/page/, in the order of its list.
struct page_part {
    std::string_view name, text;
};
const std::vector<page_part>& page_parts();

/// Encodes JSON for any HTML element: as ASCII, without <, > and &.
std::string html_json(const json& j);

std::string page(const json& data);

}  // namespace cameo::generator
