// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// As much of UEFI as a driver of a PCI device takes: the tables that an application is given, and
// EFI_PCI_IO_PROTOCOL (UEFI 2.10, 4, 7, 12.4 and 14.4). Layouts are those of 64-bit CPUs.
//
//   extern "C" uefi::Status efi_main(uefi::Handle image, uefi::SystemTable* system);

#include <cstddef>
#include <cstdint>

// Calls are Microsoft's on x86-64, whoever the compiler is.
#if defined(__x86_64__) && !defined(_WIN32)
#define UEFI_CALL __attribute__((ms_abi))
#else
#define UEFI_CALL
#endif

namespace uefi {

using Handle = void*;

// An error has the top bit set.
enum class Status : std::uintptr_t {};
inline constexpr std::uintptr_t error_bit = ~(~std::uintptr_t{0} >> 1);
inline constexpr Status success{};
inline constexpr Status invalid_parameter{error_bit | 2};
inline constexpr Status unsupported{error_bit | 3};
inline constexpr Status device_error{error_bit | 7};
inline constexpr Status out_of_resources{error_bit | 9};
inline constexpr Status not_found{error_bit | 14};
inline constexpr Status access_denied{error_bit | 15};
inline constexpr Status no_response{error_bit | 16};
inline constexpr Status timeout{error_bit | 18};

struct Guid {
    std::uint32_t a;
    std::uint16_t b, c;
    std::uint8_t d[8];
};

struct TableHeader {
    std::uint64_t signature;
    std::uint32_t revision, size, crc32, reserved;
};

struct TextOutput {
    void* reset;
    Status(UEFI_CALL* output_string)(TextOutput*, const char16_t*);
};

struct BootServices {
    TableHeader header;
    void* until_free_pool[6];
    Status(UEFI_CALL* free_pool)(void*);
    void* until_handle_protocol[9];
    Status(UEFI_CALL* handle_protocol)(Handle, const Guid*, void**);
    void* until_stall[11];
    Status(UEFI_CALL* stall)(std::uintptr_t microseconds);
    Status(UEFI_CALL* set_watchdog_timer)(std::uintptr_t, std::uint64_t, std::uintptr_t, void*);
    void* until_locate_handle_buffer[6];
    Status(UEFI_CALL* locate_handle_buffer)(
        std::uint32_t, const Guid*, void*, std::uintptr_t* count, Handle**);
};
inline constexpr std::uint32_t by_protocol = 2; // EFI_LOCATE_SEARCH_TYPE

struct SystemTable {
    TableHeader header;
    const char16_t* firmware_vendor;
    std::uint32_t firmware_revision;
    Handle console_in_handle;
    void* console_in;
    Handle console_out_handle;
    TextOutput* console_out;
    Handle standard_error_handle;
    TextOutput* standard_error;
    void* runtime_services;
    BootServices* boot_services;
};

// ---- EFI_PCI_IO_PROTOCOL: 14.4 ----

enum class Width : std::uint32_t { bits8, bits16, bits32, bits64 };
enum class Attribute : std::uint64_t { io = 0x100, memory = 0x200, bus_master = 0x400 };
enum class AttributeOperation : std::uint32_t { get, set, enable, disable, supported };
enum class MapOperation : std::uint32_t { read, write, common_buffer };

struct PciIoProtocol {
    struct Access {
        using Call = Status(UEFI_CALL*)(PciIoProtocol*,
                                        Width,
                                        std::uint8_t bar,
                                        std::uint64_t offset,
                                        std::uintptr_t count,
                                        void* buffer);
        Call read, write;
    };
    struct ConfigAccess {
        using Call = Status(UEFI_CALL*)(
            PciIoProtocol*, Width, std::uint32_t offset, std::uintptr_t count, void* buffer);
        Call read, write;
    };

    void* poll_mem;
    void* poll_io;
    Access mem;
    Access io;
    ConfigAccess pci;
    void* copy_mem;
    Status(UEFI_CALL* map)(PciIoProtocol*,
                           MapOperation,
                           void* host,
                           std::uintptr_t* bytes,
                           std::uint64_t* device,
                           void** mapping);
    Status(UEFI_CALL* unmap)(PciIoProtocol*, void* mapping);
    Status(UEFI_CALL* allocate_buffer)(PciIoProtocol*,
                                       std::uint32_t type,
                                       std::uint32_t memory,
                                       std::uintptr_t pages,
                                       void** host,
                                       std::uint64_t attributes);
    Status(UEFI_CALL* free_buffer)(PciIoProtocol*, std::uintptr_t pages, void* host);
    void* flush;
    void* get_location;
    Status(UEFI_CALL* attributes)(PciIoProtocol*,
                                  AttributeOperation,
                                  std::uint64_t attributes,
                                  std::uint64_t* result);
    Status(UEFI_CALL* get_bar_attributes)(PciIoProtocol*,
                                          std::uint8_t bar,
                                          std::uint64_t* supports,
                                          void** resources);
    void* set_bar_attributes;
    std::uint64_t rom_size;
    void* rom_image;
};
inline constexpr Guid pci_io_guid{
    0x4cf5'b200, 0x68b8, 0x4ca5, {0x9e, 0xec, 0xb2, 0x3e, 0x3f, 0x50, 0x02, 0x9a}};

static_assert(sizeof(void*) != 8 || (offsetof(BootServices, free_pool) == 72 &&
                                     offsetof(BootServices, handle_protocol) == 152 &&
                                     offsetof(BootServices, stall) == 248 &&
                                     offsetof(BootServices, locate_handle_buffer) == 312));
static_assert(sizeof(void*) != 8 || (offsetof(SystemTable, console_out) == 64 &&
                                     offsetof(SystemTable, boot_services) == 96));
static_assert(sizeof(void*) != 8 || (offsetof(PciIoProtocol, attributes) == 15 * 8 &&
                                     offsetof(PciIoProtocol, get_bar_attributes) == 16 * 8 &&
                                     sizeof(PciIoProtocol) == 20 * 8));

} // namespace uefi
