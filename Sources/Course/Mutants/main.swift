// Starts a wrong server. MUTANT=NotToTheSender Mutants --port 3000; --list names all, each with its
// stage and the check that it has to fail.

import Engine
import Foundation

/// Each wrong server, with the check that catches it.
let mutants: [(type: any WrongServer.Type, check: String)] = [
    (NoStyleSheet.self, "1.3"), (PlainText.self, "1.2"), (NoDoctype.self, "1.1"),
    (PostIsAPage.self, "1.6"),
    (SilentAboutArrivals.self, "2.3"), (SeesTheFirstOnly.self, "2.3"), (NoReason.self, "2.4"),
    (SeesOnlyPoliteLeaving.self, "2.5"), (PageWithoutScript.self, "2.1"),
    (WrongEventName.self, "3.1"), (PrintsQuotes.self, "3.1"), (PrintsAfterAWhile.self, "3.2"),
    (CutsLongTexts.self, "3.3"), (PassesEmptyTexts.self, "3.4"), (TakesAnything.self, "3.5"),
    (KnowsNoPolling.self, "3.6"),
    (NotToTheSender.self, "4.1"), (ToTheSenderOnly.self, "4.1"), (WelcomesItself.self, "4.2"),
    (NobodyLeaves.self, "4.3"), (LeavesTwice.self, "4.3"), (SaysGoodbyeAtOnce.self, "4.3"),
    (PassesEmptyTexts.self, "4.4"),
    (TakesAnything.self, "4.5"), (CutsLongTexts.self, "4.6"), (KeepsHistory.self, "4.7"),
    (ShufflesMessages.self, "4.8"), (ListensAgainAndAgain.self, "4.9"),
    (AnswersWithoutTheName.self, "5.1"), (DoesNotTrim.self, "5.2"),
    (LooksForEmptyBeforeTrimming.self, "5.3"), (AnswersInOtherWords.self, "5.3"),
    (CountsCodeUnits.self, "5.4"),
    (ComparesLetterByLetter.self, "5.5"), (AnnouncesToItself.self, "5.6"),
    (EchoesToTheSender.self, "5.7"), (RefusesAndDelivers.self, "5.8"),
    (AnnouncesTheNameless.self, "5.9"), (NeverFreesNames.self, "5.10"),
    (KeepsTheOldName.self, "5.11"), (SameNameIsNews.self, "5.12"), (KnowsNoNormalForm.self, "5.13"),
    (LetsControlCharactersIn.self, "5.14"), (LooksAtLengthFirst.self, "5.14"),
    (KnowsNoLongestText.self, "5.15"), (BelievesTheSender.self, "5.16"),
    (AwaitsBeforeTheEntry.self, "5.17"), (AnswersAnything.self, "5.18"),
    (InheritsNames.self, "5.19"), (ForgetsToCountBytes.self, "5.20"),
    (LooksBeforeItCounts.self, "5.20"), (ComparesOneAlphabet.self, "5.21"),
    (LetsInvisibleCharactersIn.self, "5.22"), (LetsJoinersInAnywhere.self, "5.22"),
    (LetsTheArrowIn.self, "5.22"), (RefusesSelectors.self, "5.22"),
    (TypesToItself.self, "6.1"), (PassesEachKeystroke.self, "6.2"),
    (SendsTheMessageFirst.self, "6.3"),
    (TypesAfterLeaving.self, "6.4"), (NeverForgetsTyping.self, "6.5"),
    (RefreshDoesNotCount.self, "6.5"),
    (TheNamelessType.self, "6.6"), (OldNameTypesOn.self, "6.7"), (RefusalEndsTyping.self, "6.8"),
    (TakesAnythingForTyping.self, "6.9"),
    (NewcomersLearnNothing.self, "7.1"), (OwnListIsOld.self, "7.2"),
    (ListsTheNewcomerAlone.self, "7.2"), (ListsWhoHasLeft.self, "7.3"),
    (SortsCapitalsFirst.self, "7.4"), (TellsTwice.self, "7.5"), (ListsKeys.self, "7.6"),
    (ListsTheNameless.self, "7.7"),
    (WhispersAloud.self, "8.1"), (InvertedTest.self, "8.1"), (CallsItPublic.self, "8.1"),
    (SwallowsWhatNobodyGets.self, "8.2"),
    (TalksToItself.self, "8.3"), (TheNamelessWhisper.self, "8.4"),
    (LooksForTheAddresseeFirst.self, "8.5"), (TwoTables.self, "8.6"),
    (WhisperingEndsTyping.self, "8.7"),
    (PrintsSecrets.self, "8.7"), (BelievesTheLetter.self, "8.8"),
    (RefusesItsOwnTokens.self, "9.1"), (ReadsAuthOnly.self, "9.2"), (LetsTheUserlessIn.self, "9.3"),
    (SaysInvalidAlways.self, "9.4"), (ForgetsTheEnd.self, "9.4"), (BelievesTheHeader.self, "9.5"),
    (OneTabPerUser.self, "9.6"), (ListsTabs.self, "9.6"), (BelievesTheUser.self, "9.7"),
    (WhispersToOneTab.self, "9.8"), (WhispersBack.self, "9.8"), (EntersBeforeItLooks.self, "9.9"),
    (TwoNamesForOneTable.self, "9.10"), (InvertedPush.self, "9.10"),
    (StaysAfterTheEnd.self, "9.11"), (TellsWhichNamesExist.self, "9.12"),
    (CountsNoTries.self, "9.13"), (StoresPasswords.self, "9.14"), (ForgetsUsers.self, "9.14"),
    (LooksBeforeTheAwait.self, "9.15"), (JoinsInSilence.self, "10.1"),
    (SaysToItself.self, "10.2"), (SaysToTheWholeHouse.self, "10.2"),
    (SaysForEachRoom.self, "10.3"), (AnnouncesToTheOthers.self, "10.4"),
    (LeavesInNameOnly.self, "10.5"), (MissesBrokenLines.self, "10.6"),
    (PublishesEverywhere.self, "10.7"), (OpensToAnyKey.self, "10.8"),
    (SpeaksThroughWalls.self, "10.9"), (TakesNamesAsRooms.self, "10.10"),
    (ListsWhoJoinsTwice.self, "10.11"), (TellsNoOffset.self, "11.1"), (TellsAllOfIt.self, "11.2"),
    (TellsOneTooFew.self, "11.2"), (StoresTwice.self, "11.3"), (KeepsItInMemory.self, "11.4"),
    (ForgetsIds.self, "11.5"), (AcknowledgesTooEarly.self, "11.6"),
    (WritesBehindTheTear.self, "11.7"), (TellsTheRecoveredAgain.self, "11.8"),
    (NumbersBeforeAnAwait.self, "11.9"), (SharesIds.self, "11.10"),
    (SaysNothingAboutRedis.self, "12.1"), (SpeaksAtHomeOnly.self, "12.2"),
    (SpeaksTwice.self, "12.2"), (AsksNoOne.self, "12.3"), (NeverFreesClaims.self, "12.3"),
    (ListsItsOwn.self, "12.4"), (WaitsForGoodbyes.self, "12.5"),
    (HoldsNothingMeanwhile.self, "12.6"), (HasNoStream.self, "12.7"),
]

if CommandLine.arguments.contains("--list") {
    for mutant in mutants { print("\(mutant.type) \(mutant.check)") }
    exit(0)
}
let wanted = ProcessInfo.processInfo.environment["MUTANT"] ?? "Chat"
let stage = ProcessInfo.processInfo.environment["STAGE"].flatMap { Int($0) } ?? 8
let right: [any WrongServer.Type] = [
    Chat.self, SignInChat.self, RoomsChat.self, JournalChat.self, GroupChat.self,
]
let known = mutants.map(\.type) + right
guard let type = known.first(where: { "\($0)" == wanted }) else {
    FileHandle.standardError.write(Data("there is no mutant \(wanted); --list names all\n".utf8))
    exit(1)
}
let chat = type.init(stage: stage)
chat.start()
chat.app.run()
