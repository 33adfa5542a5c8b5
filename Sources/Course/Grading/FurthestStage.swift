// How far a program is; also where a stage on the way has a slip: all that comes after it would
// otherwise be lost. Next: StageSign.swift.

extension Grader {
    /// How far the program is: the last stage with a first check that passes; 0 for none. It tries
    /// stage 5 first, since the checks of 3 and 4 do not hold after it. A program of a bonus stage
    /// passes nothing of those.
    package func reachedStage() async -> Int {
        defer { endProgram() }
        if await hasBegun(5) {
            for stage in 6...8 where await !hasBegun(stage) { return stage - 1 }
            return 8
        }
        if let bonus = await firstShown(of: Stages.bonus), await hasBegun(bonus) { return bonus }
        for stage in [4, 3, 2, 1] where await hasBegun(stage) { return stage }
        return 0
    }

    /// Whether the program shows anything of a stage, though its first check may not pass yet.
    package func shows(_ stage: Int) async -> Bool {
        await firstShown(of: CollectionOfOne(stage)) != nil
    }

    /// The last stage of which anything works.
    package func furthestStage(beyond reached: Int) async -> Int {
        // Programs up to stage 4 answer nothing: they are asked about less.
        if Stages.bonus.contains(reached) { return reached }
        if let bonus = await firstShown(of: Stages.bonus) { return bonus }
        let hasNames = if reached < 5 { await shows(5) } else { true }
        let (first, last) = hasNames ? (max(reached, 5), 8) : (max(reached, 2), 4)
        for stage in stride(from: last, to: first, by: -1) where await shows(stage) {
            return stage
        }
        return hasNames ? first : reached
    }
}
