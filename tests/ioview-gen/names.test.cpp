// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "names.hpp"

#include "support/catch.hpp"

using namespace gen;

TEST_CASE("names of types and values") {
    struct Case {
        const char* name;
        const char* type;
        const char* value;
    };
    const Case cases[] = {{"DR", "Dr", "dr"},
                          {"UART_CTRL_1", "UartCtrl1", "uart_ctrl_1"},
                          {"ToMemory", "ToMemory", "to_memory"},
                          {"DMAChannel", "DmaChannel", "dma_channel"},
                          {"CH0_1", "Ch0_1", "ch0_1"},
                          {"3Way", "N3way", "n3way"},
                          {"int", "Int", "int_"},
                          {"register", "Register", "register_"},
                          {"a.b-c d", "ABCD", "a_b_c_d"},
                          {"__x__", "X", "x"},
                          {"%", "Unnamed", "unnamed"},
                          {"", "Unnamed", "unnamed"},
                          {"errno", "Errno", "errno_"},
                          {"\xc3\xbc", "Unnamed", "unnamed"}};
    for (const Case& one : cases) {
        INFO(one.name);
        CHECK(type_name(one.name) == one.type);
        CHECK(value_name(one.name) == one.value);
    }
}

TEST_CASE("names of one scope differ") {
    Names names({"Taken"});
    CHECK(names.unique("Dr") == "Dr");
    CHECK(names.unique("Dr") == "Dr2");
    CHECK(names.unique("Dr") == "Dr3");
    CHECK(names.unique("Cr1") == "Cr1");
    CHECK(names.unique("Cr1") == "Cr1_2"); // Cr12 is another's name
    CHECK(names.unique("Taken") == "Taken2");
}

TEST_CASE("what a name loses, and which are names of C++ as they stand") {
    CHECK(lost_in("A-b 9") == "");
    CHECK(lost_in("\xc3\xbc") == "has no letter or digit of ASCII in its name");
    CHECK(lost_in("%") == "has no letter or digit of ASCII in its name");
    CHECK(lost_in("Gr\xc3\xb6") == "has letters beyond ASCII in its name");
    for (const char* name : {"a", "My", "_a", "a_9"})
        CHECK(is_identifier(name));
    for (const char* name : {"", "9a", "a-b", "int", "a__b", "_A", "_", "a b", "\xc3\xbc"})
        CHECK_FALSE(is_identifier(name));
}
