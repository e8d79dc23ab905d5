/** ISO/IEC 7812: the last digit of a card's number checks the others. */
export function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at])
    const doubled = at % 2 === 0 ? digit : digit * 2
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

const TURNED = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]

/** The check that every Aadhaar number passes: Verhoeff's, over the dihedral group of ten elements. */
export function passesVerhoeff(digits: string): boolean {
  let check = 0
  for (let at = 0; at < digits.length; at += 1) {
    let digit = Number(digits[digits.length - 1 - at])
    for (let turn = at % 8; turn > 0; turn -= 1) digit = TURNED[digit] as number
    check = composed(check, digit)
  }
  return check === 0
}

/** Rotations are 0 to 4, reflections 5 to 9. */
function composed(one: number, other: number): number {
  if (one < 5) return other < 5 ? (one + other) % 5 : 5 + ((one + other) % 5)
  return other < 5 ? 5 + ((one - other) % 5) : (5 + one - other) % 5
}
