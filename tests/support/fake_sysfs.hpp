// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// A directory of our own that looks like a part of sysfs or of /dev, gone at the end.
//
//   const FakeSysfs tree;
//   tree.directory("0000:00:03.0");
//   tree.file("0000:00:03.0/resource", "0x… 0x… 0x…\n");

#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

namespace ioview::tests {

class FakeSysfs {
public:
    FakeSysfs() {
        char name[] = P_tmpdir "/ioview-sysfs-XXXXXX";
        REQUIRE(::mkdtemp(name) != nullptr);
        root_ = name;
    }
    ~FakeSysfs() { static_cast<void>(std::system(("rm -r " + root_).c_str())); }
    FakeSysfs(const FakeSysfs&) = delete;
    FakeSysfs& operator=(const FakeSysfs&) = delete;

    [[nodiscard]] const std::string& root() const { return root_; }
    [[nodiscard]] std::string path(const std::string& name) const { return root_ + '/' + name; }

    void directory(const std::string& name) const {
        REQUIRE(::mkdir(path(name).c_str(), 0700) == 0);
    }
    void file(const std::string& name, const std::string& text) const {
        std::FILE* out = std::fopen(path(name).c_str(), "w");
        REQUIRE(out != nullptr);
        CHECK(std::fwrite(text.data(), 1, text.size(), out) == text.size());
        std::fclose(out);
    }
    void link(const std::string& name, const std::string& target) const {
        REQUIRE(::symlink(target.c_str(), path(name).c_str()) == 0);
    }
    void remove(const std::string& name) const { REQUIRE(::unlink(path(name).c_str()) == 0); }
    [[nodiscard]] std::string text(const std::string& name) const {
        std::string all;
        std::FILE* in = std::fopen(path(name).c_str(), "r");
        REQUIRE(in != nullptr);
        char part[512];
        for (std::size_t count = 0; (count = std::fread(part, 1, sizeof part, in)) > 0;)
            all.append(part, count);
        std::fclose(in);
        return all;
    }

    // A function with one BAR, number 0, of a file of its size; its directory.
    [[nodiscard]] std::string function(const std::string& name,
                                       std::uint64_t start,
                                       std::uint64_t bytes,
                                       unsigned flags = 0x4'0200) const {
        directory(name);
        char line[64];
        std::snprintf(line,
                      sizeof line,
                      "0x%016llx 0x%016llx 0x%016x\n",
                      static_cast<unsigned long long>(start),
                      static_cast<unsigned long long>(bytes == 0 ? 0 : start + bytes - 1),
                      flags);
        std::string all = line;
        for (int i = 0; i < 5; ++i)
            all += "0x0000000000000000 0x0000000000000000 0x0000000000000000\n";
        file(name + "/resource", all);
        file(name + "/resource0", std::string(static_cast<std::size_t>(bytes), '\0'));
        return path(name);
    }

private:
    std::string root_;
};

} // namespace ioview::tests
