// Doubles its code thirty times while it is compiled.

import Engine

@_transparent func double0(_ number: Int) -> Int { number &+ 1 }
@_transparent func double1(_ number: Int) -> Int { double0(double0(number)) }
@_transparent func double2(_ number: Int) -> Int { double1(double1(number)) }
@_transparent func double3(_ number: Int) -> Int { double2(double2(number)) }
@_transparent func double4(_ number: Int) -> Int { double3(double3(number)) }
@_transparent func double5(_ number: Int) -> Int { double4(double4(number)) }
@_transparent func double6(_ number: Int) -> Int { double5(double5(number)) }
@_transparent func double7(_ number: Int) -> Int { double6(double6(number)) }
@_transparent func double8(_ number: Int) -> Int { double7(double7(number)) }
@_transparent func double9(_ number: Int) -> Int { double8(double8(number)) }
@_transparent func double10(_ number: Int) -> Int { double9(double9(number)) }
@_transparent func double11(_ number: Int) -> Int { double10(double10(number)) }
@_transparent func double12(_ number: Int) -> Int { double11(double11(number)) }
@_transparent func double13(_ number: Int) -> Int { double12(double12(number)) }
@_transparent func double14(_ number: Int) -> Int { double13(double13(number)) }
@_transparent func double15(_ number: Int) -> Int { double14(double14(number)) }
@_transparent func double16(_ number: Int) -> Int { double15(double15(number)) }
@_transparent func double17(_ number: Int) -> Int { double16(double16(number)) }
@_transparent func double18(_ number: Int) -> Int { double17(double17(number)) }
@_transparent func double19(_ number: Int) -> Int { double18(double18(number)) }
@_transparent func double20(_ number: Int) -> Int { double19(double19(number)) }
@_transparent func double21(_ number: Int) -> Int { double20(double20(number)) }
@_transparent func double22(_ number: Int) -> Int { double21(double21(number)) }
@_transparent func double23(_ number: Int) -> Int { double22(double22(number)) }
@_transparent func double24(_ number: Int) -> Int { double23(double23(number)) }
@_transparent func double25(_ number: Int) -> Int { double24(double24(number)) }
@_transparent func double26(_ number: Int) -> Int { double25(double25(number)) }
@_transparent func double27(_ number: Int) -> Int { double26(double26(number)) }
@_transparent func double28(_ number: Int) -> Int { double27(double27(number)) }
@_transparent func double29(_ number: Int) -> Int { double28(double28(number)) }
@_transparent func double30(_ number: Int) -> Int { double29(double29(number)) }
print(double30(1))
