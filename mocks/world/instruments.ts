import * as z from 'zod'
import { table } from '../kit/table.ts'

const Instrument = () =>
  z.strictObject({
    /** As it circulates on the wire: `NSE@RELIANCE@EQ`. */
    instrument_key: z.string().min(1),
    symbol: z.string(),
    exchange: z.string(),
    kind: z.enum(['equity', 'index', 'option']),
    name: z.string(),
  })

export type Instrument = z.output<ReturnType<typeof Instrument>>

/** What is traded. */
export const instruments = table(Instrument, { key: 'instrument_key', indexes: ['symbol'] })

const equity = (symbol: string, name: string): Instrument => ({ instrument_key: `NSE@${symbol}@EQ`, symbol, exchange: 'NSE', kind: 'equity', name })

export const instrumentRows: readonly Instrument[] = [
  equity('RELIANCE', 'Reliance Industries'),
  equity('INFY', 'Infosys'),
  equity('TCS', 'Tata Consultancy Services'),
  equity('HDFCBANK', 'HDFC Bank'),
  { instrument_key: 'NSE@NIFTY@INDEX', symbol: 'NIFTY', exchange: 'NSE', kind: 'index', name: 'Nifty 50' },
  { instrument_key: 'NSE@BANKNIFTY@INDEX', symbol: 'BANKNIFTY', exchange: 'NSE', kind: 'index', name: 'Nifty Bank' },
  { instrument_key: 'NSE@NIFTY@equity_options@2025-07-10@call@21500', symbol: 'NIFTY', exchange: 'NSE', kind: 'option', name: 'Nifty call 21500, July 2025' },
]
