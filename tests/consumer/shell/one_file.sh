# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# [use]
ioview/scripts/amalgamate third_party
g++ -std=c++20 -I third_party main.cpp -o driver
g++ -std=c++20 -I third_party driver_test.cpp -o driver_test
# [/use]
./driver
./driver_test
# [all]
ioview/scripts/amalgamate --all third_party
# [/all]
g++ -std=c++20 -include ioview/backend/bus.hpp -I third_party main.cpp -o driver
./driver
