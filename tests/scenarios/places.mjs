// Invented places, in the layout of the legacy ODS file, where a scenario needs
// more of them than the fixtures have.

/** So many GP practices of one board: `Z84000` and on, with Ofcom's drama numbers. */
export function practices(count, board = 'QZ8', region = 'Y91') {
  const codes = Array.from({ length: count }, (_, n) => `Z84${String(n).padStart(3, '0')}`)
  const rows = codes.map((code, n) => [code, `INVENTED SURGERY ${n + 1}`, region, board, `${n + 1} INVENTED ROAD`, 'ASHWICK', '', '', '', `ZM4${n % 10} ${1 + (n % 9)}AB`, '19740401', '',
    'A', 'B', board, '20200401', '', `01632 960${String(n % 1000).padStart(3, '0')}`, '', '', '', '0', '', board, '', '4', ''].map((cell) => `"${cell}"`).join(','))
  return { codes, rows }
}
