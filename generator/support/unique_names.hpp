// Declares a set of names that hands out new ones which nothing else has.
#pragma once
#include <map>
#include <set>
#include <string>

namespace cameo::generator {

class unique_names {
public:
    /// `first` is the number that the second of a name gets: with 2, what is called a, a and a becomes a, a_2 and a_3.
    unique_names(std::set<std::string> taken, int first) : taken_(std::move(taken)), first_(first) {}

    /// This name, or one like it where it is taken; it is taken from now on.
    std::string make(const std::string& like);

private:
    std::set<std::string> taken_;
    std::map<std::string, int> next_;  ///< of names that were taken before: the number to try
    int first_;
};

}  // namespace cameo::generator
