// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The program of another project.
#include <ioview/version.hpp>

int main() {
    return IOVIEW_VERSION > 0 ? 0 : 1;
}
