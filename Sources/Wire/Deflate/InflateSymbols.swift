// The fast path of decompressing: symbols of one block, as long as there are bits and room.
// Unsafe pointers, because nearly all time is spent here: with arrays it takes twice as long.
// Every read of `bits` may see zeros where bits are missing: what was decoded counts only if it
// took no more bits than there are, and otherwise waits. So one loop serves pieces of any size.
// Spec: RFC 1951 §3.2.3. Next: InflateWindow.swift.

/// Why decoding symbols has stopped.
enum SymbolsEnd {
    case needsInput, needsRoom, endOfBlock
    case failed(InflateError)
}

/// The codes of a block.
struct BlockCodes: Sendable {
    let literals: DecodingTable
    let distances: DecodingTable

    static let fixed = BlockCodes(
        literals: DecodingTable.fixedLiterals, distances: DecodingTable.fixedDistances)

    /// Decodes symbols into the window.
    func decode(_ reader: inout BitReader, into window: inout InflateWindow) -> SymbolsEnd {
        let input = reader.input
        var state = FastState(
            bits: reader.bits, count: reader.count, position: reader.position, end: window.end)
        let size = window.size
        let result = input.withUnsafeBytes { input in
            window.bytes.withUnsafeMutableBytes { output in
                literals.entries.withUnsafeBufferPointer { literalEntries in
                    distances.entries.withUnsafeBufferPointer { distanceEntries in
                        state.run(
                            self, input, output, literalEntries, distanceEntries, windowSize: size)
                    }
                }
            }
        }
        reader.resume(position: state.position, bits: state.bits, count: state.count)
        window.end = state.end
        return result
    }
}

/// What changes from symbol to symbol: a reader and a window without their arrays.
private struct FastState {
    var bits: UInt64
    var count: Int
    var position: Int
    var end: Int

    @inline(__always)
    mutating func run(
        _ codes: BlockCodes, _ input: UnsafeRawBufferPointer,
        _ output: UnsafeMutableRawBufferPointer,
        _ literals: UnsafeBufferPointer<DecodedSymbol>,
        _ distances: UnsafeBufferPointer<DecodedSymbol>, windowSize: Int
    ) -> SymbolsEnd {
        let last = output.count - InflateWindow.margin
        let literalMask = UInt64(literals.count - 1)
        let distanceMask = UInt64(distances.count - 1)
        while end <= last {
            // The longest that one match takes is 48 bits: 15 + 5 + 15 + 13.
            if count < 48 { refill(input) }
            var symbol = literals[Int(truncatingIfNeeded: bits & literalMask)]
            if symbol.codeLength == 0 { symbol = codes.literals.countedOut(bits) }
            if symbol.kind == DecodedSymbol.Kind.literal {
                guard symbol.codeLength <= count else { return .needsInput }
                output[end] = UInt8(truncatingIfNeeded: symbol.value)
                end &+= 1
                drop(symbol.codeLength)
                continue
            }
            guard symbol.kind == DecodedSymbol.Kind.range else { return stop(at: symbol) }
            var rest = bits &>> UInt64(symbol.codeLength)
            let length = symbol.value &+ extra(symbol, rest)
            rest &>>= UInt64(symbol.extraBits)
            var taken = symbol.codeLength &+ symbol.extraBits
            symbol = distances[Int(truncatingIfNeeded: rest & distanceMask)]
            if symbol.codeLength == 0 { symbol = codes.distances.countedOut(rest) }
            guard symbol.kind == DecodedSymbol.Kind.range else {
                return count >= taken &+ Alphabets.longestCode
                    ? .failed(.invalidSymbol) : .needsInput
            }
            rest &>>= UInt64(symbol.codeLength)
            let distance = symbol.value &+ extra(symbol, rest)
            taken &+= symbol.codeLength &+ symbol.extraBits
            guard taken <= count else { return .needsInput }
            let available = min(end, windowSize)
            guard distance <= available else {
                return .failed(.distanceTooFar(distance, available: available))
            }
            drop(taken)
            copy(length, from: distance, output)
        }
        return .needsRoom
    }

    /// A literal symbol that is neither a byte nor a length. Bits that mean nothing are told only
    /// when the longest code could be there: as if the bits had come one by one.
    private mutating func stop(at symbol: DecodedSymbol) -> SymbolsEnd {
        if symbol.kind == DecodedSymbol.Kind.endOfBlock {
            guard symbol.codeLength <= count else { return .needsInput }
            drop(symbol.codeLength)
            return .endOfBlock
        }
        return count >= Alphabets.longestCode ? .failed(.invalidSymbol) : .needsInput
    }

    @inline(__always)
    private func extra(_ symbol: DecodedSymbol, _ bits: UInt64) -> Int {
        Int(truncatingIfNeeded: bits & (1 &<< UInt64(symbol.extraBits) &- 1))
    }

    @inline(__always)
    private mutating func drop(_ width: Int) {
        bits &>>= UInt64(width)
        count &-= width
    }

    /// Eight bytes at once where there are eight: the bits that do not fit are taken again.
    @inline(__always)
    private mutating func refill(_ input: UnsafeRawBufferPointer) {
        if position &+ 8 <= input.count {
            let word = input.loadUnaligned(fromByteOffset: position, as: UInt64.self)
            bits |= UInt64(littleEndian: word) &<< UInt64(count)
            let taken = (63 &- count) &>> 3
            position &+= taken
            count &+= taken &* 8
            return
        }
        while count <= 48, position < input.count {
            bits |= UInt64(input[position]) &<< UInt64(count)
            position &+= 1
            count &+= 8
        }
    }

    /// A match may reach into what it writes: then its bytes repeat. At a distance of eight and
    /// more, eight bytes at once are right; what is too much is written over later. What repeats
    /// after fewer bytes also repeats after twice as many: so that distance is reached first.
    @inline(__always)
    private mutating func copy(
        _ length: Int, from distance: Int, _ output: UnsafeMutableRawBufferPointer
    ) {
        var index = end
        end &+= length
        var far = distance
        while far < 8 {
            for _ in 0..<distance {
                output[index] = output[index &- distance]
                index &+= 1
            }
            far &+= distance
        }
        while index < end {
            let word = output.loadUnaligned(fromByteOffset: index &- far, as: UInt64.self)
            output.storeBytes(of: word, toByteOffset: index, as: UInt64.self)
            index &+= 8
        }
    }
}
