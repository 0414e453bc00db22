// Declares a set of names that hands out new ones which nothing else has.
#pragma once
#include <map>
#include <set>
#include <string>

namespace cameo::generator {

class unique_names {
public:
    /// `first` is the number of the second value with the same name: with 2, three values called a become a, a_2 and
    /// a_3.
    unique_names(std::set<std::string> taken, int first) : taken_(std::move(taken)), first_(first) {}

    /// Returns this name, or a similar one if it is taken; marks it as taken.
    std::string make(const std::string& like);

private:
    std::set<std::string> taken_;
    std::map<std::string, int> next_;  ///< of names that were taken before: the number to try
    int first_;
};

}  // namespace cameo::generator
