# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Every header of ioview, each in one of four sorted lists; configuring stops when a header on disk
# is in none of them.

# Freestanding: compile alone with -ffreestanding -fno-exceptions -fno-rtti.
set(IOVIEW_HEADERS
    arch/select.hpp
    backend/config_space.hpp
    backend/io_sys_map.hpp
    backend/mmio.hpp
    backend/port_io.hpp
    backend/relaxed_mmio.hpp
    backend/sys_mem.hpp
    backend/write_combining.hpp
    barrier.hpp
    concepts.hpp
    config.hpp
    detail/access.hpp
    detail/common_methods.hpp
    detail/copy.hpp
    detail/dma_block.hpp
    detail/dma_factories.hpp
    detail/element_iterator.hpp
    detail/expected.hpp
    detail/expected_storage.hpp
    detail/fence.hpp
    detail/member_offset.hpp
    detail/panic.hpp
    detail/path.hpp
    detail/project_macros.hpp
    detail/refusals.hpp
    detail/register_access.hpp
    detail/register_methods.hpp
    detail/static_offset.hpp
    detail/untyped_methods.hpp
    detail/wire.hpp
    dma.hpp
    dma/borrow.hpp
    dma/box.hpp
    dma/coherent.hpp
    dma/device.hpp
    dma/handle.hpp
    dma/handover.hpp
    dma/identity.hpp
    dma/ring.hpp
    dma/view.hpp
    endian.hpp
    error.hpp
    fwd.hpp
    io.hpp
    ioview.hpp
    lo_hi.hpp
    mmio_lock.hpp
    pci.hpp
    pci/address.hpp
    pci/bar.hpp
    pci/bars.hpp
    pci/bus.hpp
    pci/capabilities.hpp
    pci/mechanisms.hpp
    pci/registers.hpp
    poll.hpp
    project.hpp
    region.hpp
    register.hpp
    register/access.hpp
    register/base.hpp
    register/block.hpp
    register/bounded.hpp
    register/each.hpp
    register/field.hpp
    register/field_map.hpp
    register/fields.hpp
    register/for_each_field.hpp
    register/location.hpp
    register/names.hpp
    register/place.hpp
    register/stored.hpp
    resource.hpp
    resource/devres.hpp
    resource/io_mem.hpp
    resource/mapper.hpp
    span.hpp
    testing/access.hpp
    testing/failure.hpp
    testing/faulty.hpp
    testing/memory.hpp
    testing/message.hpp
    testing/pci.hpp
    testing/script.hpp
    testing/script_core.hpp
    testing/steps.hpp
    version.hpp)

# Freestanding, and for one instruction set only: compiled alone where that is the target.
set(IOVIEW_ARCH_HEADERS
    arch/arm.hpp
    arch/arm64.hpp
    arch/generic.hpp
    arch/powerpc.hpp
    arch/riscv.hpp
    arch/x86.hpp)

# Hosted: refuse a freestanding compiler with "<file> needs a hosted implementation".
set(IOVIEW_HOSTED_HEADERS
    linux/sysfs_config.hpp
    std_clock.hpp
    system_error.hpp
    testing.hpp
    testing/access_log.hpp
    testing/device.hpp
    testing/device_register.hpp
    testing/fake_dma.hpp
    testing/recorder.hpp)

# Hosted, and need fmt 9 or newer.
set(IOVIEW_FMT_HEADERS
    format.hpp)
