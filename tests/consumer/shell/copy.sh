# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# [use]
cp -r ioview/include third_party
g++ -std=c++20 -I third_party main.cpp -o driver
# [/use]
./driver
