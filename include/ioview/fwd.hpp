// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Declarations only, for headers that name views without using them.
//
//   #include <ioview/fwd.hpp>
//   void attach(ioview::Mmio<Pl011> uart);

#include <cstddef>
#include <cstdint>

namespace ioview {

enum class Error : std::uint8_t;
enum class Fence : std::uint8_t;

// An address as the device puts it on the bus; a CPU address only by accident.
using DmaAddress = std::uint64_t;

template <class T>
class le;
template <class T>
class be;
template <class T>
class lo_hi;
template <class T>
class hi_lo;
template <class T>
class single;

template <std::size_t MinSize, std::size_t Align>
struct Region;
template <class T>
struct IoPtr;
template <class T>
class MmioRaw;

template <class Self, class Backend, class Target>
class Io;

struct MmioBackend;
struct RelaxedMmioBackend;
struct WriteCombiningBackend;
struct SysMemBackend;
struct CoherentBackend;
struct IoSysMapBackend;
struct PortIoBackend;
template <class Fn>
struct ConfigSpaceBackend;

template <class T>
class Mmio;
template <class T>
class RelaxedMmio;
template <class T>
class WriteCombining;
template <class T>
class SysMem;
template <class T>
class CoherentView;
template <class T>
class IoSysMap;
template <class T>
class PortIo;
template <class Fn, class T>
class ConfigSpace; // T has a default once backend/config_space.hpp is included

} // namespace ioview
