// What is wrong with a file that cannot be written, in words. Next: ../grade/ClassRun.swift.

import Foundation

/// The path, and the system's reason. Foundation's own description of an error is for programs.
package func fileProblem(_ error: any Error) -> String {
    let problem = error as NSError
    guard [NSCocoaErrorDomain, NSPOSIXErrorDomain].contains(problem.domain) else {
        return "\(error)"
    }
    let reason = problem.localizedDescription
        .replacing("The operation could not be completed. ", with: "")
    let path = problem.userInfo[NSFilePathErrorKey] as? String
    return path.map { "\($0): \(reason)" } ?? reason
}
