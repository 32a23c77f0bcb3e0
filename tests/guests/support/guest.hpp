// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// What every guest's init does: it mounts what it needs, loads the modules of its initramfs, says
// its checks, and ends the machine with a status for the host (run.py).
//
//   int main() {
//       return guest::run([](hardware::Report& report) { report.check(…); });
//   }

#include "../../hardware/support/report.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <dirent.h>
#include <fcntl.h>
#include <string>
#include <sys/io.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>

namespace guest {

using hardware::Report;

inline void put(char sign) {
    std::putchar(sign);
    std::fflush(stdout); // a guest that hangs has said where
}

// The end, at once. A status of 0 is what run.py takes for passed.
[[noreturn]] inline void leave(int status) {
    std::fflush(stdout);
    ::sync();
    if (::ioperm(0xf4, 1, 1) == 0)
        ::outb(static_cast<unsigned char>(status == 0 ? 16 : 1), 0xf4);
    std::_Exit(status); // a panic of the kernel, which ends QEMU too
}
[[noreturn]] inline void give_up(const char* what) {
    std::perror(what);
    leave(1);
}

inline void write_file(const std::string& path, const std::string& text) {
    std::FILE* file = std::fopen(path.c_str(), "we");
    if (file == nullptr || std::fputs(text.c_str(), file) < 0 || std::fclose(file) != 0)
        give_up(path.c_str());
}
inline std::string read_file(const std::string& path) {
    std::FILE* file = std::fopen(path.c_str(), "re");
    if (file == nullptr)
        give_up(path.c_str());
    std::string text;
    for (int sign; (sign = std::fgetc(file)) != EOF;)
        text += static_cast<char>(sign);
    std::fclose(file);
    return text;
}

inline void mount_all() {
    if (::mount("sysfs", "/sys", "sysfs", 0, nullptr) != 0)
        give_up("sysfs");
    if (::mount("proc", "/proc", "proc", 0, nullptr) != 0)
        give_up("proc");
    if (::mount("devtmpfs", "/dev", "devtmpfs", 0, nullptr) != 0)
        give_up("devtmpfs");
}

// All of /modules, in the order of their names, which is that of what depends on what.
inline void load_modules() {
    std::vector<std::string> names;
    ::DIR* directory = ::opendir("/modules");
    while (const ::dirent* entry = directory != nullptr ? ::readdir(directory) : nullptr) {
        if (entry->d_name[0] != '.')
            names.emplace_back(entry->d_name);
    }
    if (directory != nullptr)
        ::closedir(directory);
    std::sort(names.begin(), names.end());
    for (const std::string& name : names) {
        const int file = ::open(("/modules/" + name).c_str(), O_RDONLY | O_CLOEXEC);
        if (file < 0 || ::syscall(SYS_finit_module, file, "", 0) != 0)
            give_up(name.c_str());
        ::close(file);
    }
}

template <class F>
int run(F checks) {
    mount_all();
    load_modules();
    Report report{put};
    checks(report);
    leave(report.finish());
}

} // namespace guest
