package sheet

import (
	"crypto/md5"  //nolint:gosec // what the format uses
	"crypto/rc4"  //nolint:gosec // what the format uses
	"crypto/sha1" //nolint:gosec // what the format uses
	"encoding/binary"
	digest "hash"
	"unicode/utf16"

	"rollcall/campaign"
)

// lock decrypts the records of a protected workbook: RC4, with a new key for
// each 1024 bytes of the stream (MS-OFFCRYPTO 2.3.5 and 2.3.6).
type lock struct {
	hash   func() digest.Hash
	secret []byte // what each key is made of
	length int    // of the secret that goes into a key, and of the key with SHA-1
	stream *rc4.Cipher
	at     int64 // in the stream, of the next byte of the key
}

const lockBlock = 1024

// defaultPassword opens workbooks that are protected against changes only.
const defaultPassword = "VelvetSweatshop"

// newLock reads a FILEPASS record (MS-XLS 2.4.117) and tries the password.
func newLock(data []byte, password string) (*lock, error) {
	for _, try := range []string{password, defaultPassword} {
		if l := unlock(data, try); l != nil {
			return l, nil
		}
	}
	return nil, &campaign.FileError{Fault: campaign.FaultPassword, Tried: password != ""}
}

// unlock returns nil where the password is wrong, or the kind of protection
// not known: the exclusive or of Excel 95 is not.
func unlock(data []byte, password string) *lock {
	if len(data) < 6 || binary.LittleEndian.Uint16(data) != 1 {
		return nil
	}
	if binary.LittleEndian.Uint16(data[2:]) == 1 {
		return unlockRC4(data[6:], password)
	}
	return unlockCryptoAPI(data[6:], password)
}

func utf16Bytes(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

// unlockRC4 is for the RC4 of Excel 97 (MS-OFFCRYPTO 2.3.6.2 and 2.3.6.4).
func unlockRC4(data []byte, password string) *lock {
	if len(data) < 48 {
		return nil
	}
	salt, verifier := data[:16], data[16:48]
	first := md5.Sum(utf16Bytes(password)) //nolint:gosec // what the format uses
	h := md5.New()                         //nolint:gosec // what the format uses
	for range 16 {
		h.Write(first[:5])
		h.Write(salt)
	}
	l := &lock{hash: md5.New, secret: h.Sum(nil)[:5], length: 16}
	return l.verified(verifier, 16)
}

// unlockCryptoAPI is for that of Excel 2002 and 2003 (MS-OFFCRYPTO 2.3.5.2 and
// 2.3.5.6).
func unlockCryptoAPI(data []byte, password string) *lock {
	if len(data) < 8 {
		return nil
	}
	size := binary.LittleEndian.Uint32(data[4:])
	if size < 32 || uint64(len(data)) < 8+uint64(size)+4+16+16+4+20 {
		return nil
	}
	bits := binary.LittleEndian.Uint32(data[8+16:])
	data = data[8+size+4:]
	h := sha1.New() //nolint:gosec // what the format uses
	h.Write(data[:16])
	h.Write(utf16Bytes(password))
	if bits == 0 {
		bits = 40
	}
	if bits > 128 {
		return nil
	}
	l := &lock{hash: sha1.New, secret: h.Sum(nil), length: int(bits / 8)}
	verifier := append(append([]byte{}, data[16:32]...), data[36:56]...)
	return l.verified(verifier, 16)
}

// verified checks the password: behind n bytes stands their hash.
func (l *lock) verified(encrypted []byte, n int) *lock {
	plain := make([]byte, len(encrypted))
	l.key(0)
	l.stream.XORKeyStream(plain, encrypted)
	h := l.hash()
	h.Write(plain[:n])
	if string(h.Sum(nil)) != string(plain[n:]) {
		return nil
	}
	return l.again()
}

// again returns the lock for reading from another place; nil stays nil.
func (l *lock) again() *lock {
	if l == nil {
		return nil
	}
	return &lock{hash: l.hash, secret: l.secret, length: l.length, at: -1}
}

// key makes the key of a block.
func (l *lock) key(block uint32) {
	h := l.hash()
	h.Write(l.secret)
	h.Write(binary.LittleEndian.AppendUint32(nil, block))
	key := h.Sum(nil)[:l.length]
	if l.length == 5 {
		key = append(key, make([]byte, 11)...) // MS-OFFCRYPTO 2.3.5.2
	}
	l.stream, _ = rc4.NewCipher(key) // only a key without bytes is refused
	l.at = int64(block) * lockBlock
}

// open decrypts a record's data, which begin at a place in the stream. Some
// are never encrypted (MS-XLS 2.2.10), of a sheet's entry its place is not.
func (l *lock) open(kind recordKind, data []byte, at int64) {
	switch kind {
	case recBOF, recFilePass, 0x0194, 0x0195, 0x00E1, 0x0196, 0x0138: // UsrExcl, FileLock, InterfaceHdr, RRDInfo, RRDHead
		return
	case recBoundSheet:
		skip := min(4, len(data))
		data, at = data[skip:], at+int64(skip)
	}
	for len(data) > 0 {
		n := min(len(data), int(lockBlock-at%lockBlock))
		l.to(at)
		l.stream.XORKeyStream(data[:n], data[:n])
		data, at = data[n:], at+int64(n)
		l.at = at
	}
}

// to goes to a place in the stream.
func (l *lock) to(at int64) {
	if l.stream == nil || l.at > at || l.at/lockBlock != at/lockBlock || l.at%lockBlock == 0 {
		l.key(uint32(at / lockBlock)) //nolint:gosec // of a stream of maxXLS bytes
	}
	skipped := make([]byte, at-l.at)
	l.stream.XORKeyStream(skipped, skipped)
	l.at = at
}
