// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "medium.hpp"

#include "text.hpp"

#include <cstdio>

namespace iov {

void Medium::check(std::uint64_t offset, unsigned bytes) const {
    if ((bytes != 1 && bytes != 2 && bytes != 4 && bytes != 8) || bytes > widest_)
        throw Failure(Exit::usage,
                      "{}: no access of {} bits; it takes 8, 16{} bits",
                      name_,
                      8 * bytes,
                      widest_ == 8   ? ", 32 and 64"
                      : widest_ == 4 ? " and 32"
                                     : "");
    if (offset > size_ || bytes > size_ - offset)
        throw Failure(Exit::usage,
                      "{}: {} bytes at {:#x} are past its end: it has {:#x}",
                      name_,
                      bytes,
                      offset,
                      size_);
    if (offset % bytes != 0)
        throw Failure(Exit::usage,
                      "{}: {:#x} is misaligned: an access of {} bits is at a multiple of {}",
                      name_,
                      offset,
                      8 * bytes,
                      bytes);
}

FileMedium::FileMedium(const std::string& path, bool is_writable)
    : Medium(path, 0, 8), bytes_(read_file(path)), is_writable_(is_writable) {
    resize(bytes_.size());
}

std::uint64_t FileMedium::get(std::uint64_t offset, unsigned bytes) {
    std::uint64_t value = 0;
    for (unsigned i = 0; i < bytes; ++i)
        value |= std::uint64_t{static_cast<unsigned char>(bytes_[offset + i])} << 8 * i;
    return value;
}

void FileMedium::put(std::uint64_t offset, unsigned bytes, std::uint64_t value) {
    std::FILE* file = is_writable_ ? std::fopen(name().c_str(), "r+e") : nullptr;
    if (file == nullptr)
        throw cannot_open(name(), errno);
    for (unsigned i = 0; i < bytes; ++i)
        bytes_[offset + i] = static_cast<char>(value >> 8 * i);
    const bool is_good = std::fseek(file, static_cast<long>(offset), SEEK_SET) == 0 &&
                         std::fwrite(&bytes_[offset], 1, bytes, file) == bytes;
    if (std::fclose(file) != 0 || !is_good)
        throw cannot_open(name(), errno);
}

} // namespace iov
