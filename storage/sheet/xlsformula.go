package sheet

import (
	"encoding/binary"
	"math"
	"strconv"
)

// formula takes a cell whose value was counted (MS-XLS 2.4.127). A text stands
// in a record of its own behind it.
func (s *xlsRows) formula() error {
	b := s.b
	if len(b.data) < 22 {
		return errRecord
	}
	kind, value := xlsNumber, b.u64(6)
	if b.u16(12) == 0xFFFF { // MS-XLS 2.5.133
		switch b.data[6] {
		case 1:
			kind, value = xlsBool, uint64(b.data[8])
		case 2:
			kind, value = xlsError, uint64(b.data[8])
		default:
			kind, value = xlsOwn, uint64(s.own.add(nil)) //nolint:gosec // an index
		}
	}
	text := b.data[6] == 0 && kind == xlsOwn
	if err := s.add(22, kind|xlsCounted, value); err != nil {
		return err
	}
	s.awaiting = text
	if f := arithmetic(b.data[22:min(len(b.data), 22+b.u16(20))]); f != "" {
		s.formulas[s.cells[len(s.cells)-1].place()] = f
	}
	return nil
}

// result takes the text that a formula gave.
func (s *xlsRows) result() error {
	if !s.awaiting {
		return nil
	}
	s.awaiting = false
	text, err := s.book.spelling.text(&pieces{s.b, s.b.data}, 2)
	if err != nil {
		return err
	}
	s.cells[len(s.cells)-1].value = uint64(s.own.add(text)) //nolint:gosec // an index
	return nil
}

// arithmetic writes out a formula of numbers alone, as a telephone number
// becomes that is typed with a plus or with dashes, +1-617-555-0142. Others are
// not needed, and empty.
func arithmetic(code []byte) string {
	signs := map[byte]string{0x03: "+", 0x04: "-", 0x05: "*", 0x06: "/"} // MS-XLS 2.5.198.25
	var stack []string
	for len(code) > 0 {
		token := code[0]
		code = code[1:]
		top := len(stack) - 1
		switch {
		case token == 0x1E && len(code) >= 2:
			stack = append(stack, strconv.Itoa(int(binary.LittleEndian.Uint16(code))))
			code = code[2:]
		case token == 0x1F && len(code) >= 8:
			stack = append(stack, plainNumber(math.Float64frombits(binary.LittleEndian.Uint64(code))))
			code = code[8:]
		case token == 0x12 && top >= 0:
			stack[top] = "+" + stack[top]
		case token == 0x13 && top >= 0:
			stack[top] = "-" + stack[top]
		case token == 0x15 && top >= 0:
			stack[top] = "(" + stack[top] + ")"
		case signs[token] != "" && top >= 1:
			stack[top-1] += signs[token] + stack[top]
			stack = stack[:top]
		default:
			return ""
		}
	}
	if len(stack) != 1 {
		return ""
	}
	return stack[0]
}
