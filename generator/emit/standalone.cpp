// Puts the text of included files where the header includes them.
#include "emit/standalone.hpp"
#include "emit/xsimd_license.hpp"
#include "support/failure.hpp"
#include "support/input_file.hpp"
#include <algorithm>
#include <map>
#include <sstream>
#include <utility>

namespace cameo::generator {

namespace {

namespace fs = std::filesystem;

/// A line such as "#  include <a.hpp>": the directive and what follows it. Both are empty for other lines.
struct directive {
    std::string name, rest;

    explicit directive(const std::string& line)
    {
        const std::size_t hash = line.find_first_not_of(" \t");
        if (hash == std::string::npos || line[hash] != '#') {
            return;
        }
        std::istringstream text(line.substr(hash + 1));
        text >> name;
        std::getline(text >> std::ws, rest);
    }
    bool opens() const { return name == "if" || name == "ifdef" || name == "ifndef"; }
    bool changes_branch() const { return name == "else" || name.starts_with("elif"); }
};

/// Conditional branches around a line, outermost first, each by a number of its own. A guard around a whole file is
/// none.
using branches = std::vector<int>;

bool within(const branches& inner, const branches& outer)
{
    return outer.size() <= inner.size() && std::equal(outer.begin(), outer.end(), inner.begin());
}

std::vector<std::string> lines_of(std::istream& text)
{
    std::vector<std::string> lines;
    for (std::string line; std::getline(text, line);) {
        lines.push_back(line);
    }
    return lines;
}

/// The macro of "#ifndef MACRO, #define MACRO" at the start of a file; empty without one.
std::string guard_of(const std::vector<std::string>& lines)
{
    std::string macro;
    for (const std::string& line : lines) {
        const directive d(line);
        if (d.name.empty()) {
            continue;
        }
        if (macro.empty() && d.name == "ifndef") {
            macro = d.rest;
        } else {
            return d.name == "define" && d.rest == macro ? macro : "";
        }
    }
    return "";
}

/// CAMEO_CORE_SHAPE_HPP for cameo/core/shape.hpp.
std::string new_guard(std::string name)
{
    for (char& c : name) {
        c = std::isalnum(static_cast<unsigned char>(c)) ? static_cast<char>(std::toupper(static_cast<unsigned char>(c)))
                                                        : '_';
    }
    return name;
}

class inliner {
public:
    explicit inliner(const std::vector<fs::path>& directories) : directories_(directories) {}

    std::string run(const std::string& header)
    {
        std::istringstream text(header);
        add_lines(lines_of(text), {}, {});
        return std::move(text_);
    }

private:
    void add_lines(const std::vector<std::string>& lines, const fs::path& from, branches around)
    {
        const std::string guard = guard_of(lines);
        bool guard_is_next = !guard.empty();
        const std::size_t outside = around.size();
        for (const std::string& line : lines) {
            const directive d(line);
            // A file's guard opens a level too; it gets the number of no branch, and is left out where branches are
            // compared.
            if (d.opens()) {
                around.push_back(std::exchange(guard_is_next, false) ? guard_level : ++last_branch_);
            } else if (d.changes_branch() && around.size() > outside) {
                around.back() = ++last_branch_;
            } else if (d.name == "endif" && around.size() > outside) {
                around.pop_back();
            }
            const std::string file = d.name == "include" ? included(d.rest, from) : "";
            if (!file.empty()) {
                add_file(file, around);
            } else if (from.empty() || d.name != "pragma" || d.rest != "once") {
                text_ += line + '\n';
            }
        }
    }

    /// "cameo/core/shape.hpp" for an include that belongs into the text. Empty for one of the standard library, and for
    /// what is not beside the file that asks: xsimd names other libraries' headers in branches for their users.
    std::string included(const std::string& rest, const fs::path& from) const
    {
        if (rest.size() < 3) {
            return "";
        }
        const std::string name = rest.substr(1, rest.find_first_of(">\"", 1) - 1);
        if (rest[0] == '"') {
            const std::string beside = (from.parent_path() / name).lexically_normal().string();
            return find(beside).empty() ? "" : beside;
        }
        return name.starts_with("cameo/") || name.starts_with("xsimd/") ? name : "";
    }

    void add_file(const std::string& name, branches around)
    {
        std::erase(around, guard_level);
        // A file seen in a branch is not there for lines outside of it: it comes again, and its guard decides.
        std::vector<branches>& seen = seen_[name];
        if (std::any_of(seen.begin(), seen.end(), [&](const branches& before) { return within(around, before); })) {
            return;
        }
        seen.push_back(around);
        if (name.starts_with("xsimd/") && !std::exchange(licensed_, true)) {
            text_ += xsimd_license;
        }
        const fs::path path = find(name);
        if (path.empty()) {
            throw failure(
                "--standalone: {} is not found: give its directory with --include DIR or in CAMEO_INCLUDE", name);
        }
        std::istringstream file(read_file(path));
        const std::vector<std::string> lines = lines_of(file);
        const bool guarded = !guard_of(lines).empty();
        const std::string guard = new_guard(name);
        if (!guarded) {
            text_ += fmt::format("#ifndef {0}\n#define {0}\n", guard);
        }
        add_lines(lines, name, around);
        if (!guarded) {
            text_ += "#endif\n";
        }
    }

    /// Empty if no directory has it.
    fs::path find(const std::string& name) const
    {
        for (const fs::path& directory : directories_) {
            if (std::error_code unused; fs::exists(directory / name, unused)) {
                return directory / name;
            }
        }
        return {};
    }

    static constexpr int guard_level = 0;
    const std::vector<fs::path>& directories_;
    std::map<std::string, std::vector<branches>> seen_;
    std::string text_;
    int last_branch_ = 0;
    bool licensed_ = false;
};

}  // namespace

std::string standalone(const std::string& header, const std::vector<fs::path>& directories)
{
    std::vector<fs::path> all = directories;
    all.insert(all.end(), {"/usr/local/include", "/usr/include"});  // where a compiler looks by itself
    return inliner(all).run(header);
}

}  // namespace cameo::generator
