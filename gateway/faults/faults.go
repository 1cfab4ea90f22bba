// Package faults ends the program at a chosen moment, to prove that it may die
// at any. Only a program built with the tag "faults" does so; in every other
// one [At] and [Rings] are empty, and the compiler leaves nothing of them.
//
//	point.go  the moments
//	none.go   the program that people use
//	die.go    the program that dies
//
// What dies is told by its surroundings:
//
//	ROLLCALL_DIE_AT=N       at the Nth moment of this process, by SIGKILL
//	ROLLCALL_DIE_COUNT=FILE write each moment that is reached into FILE, a line
//	                        each: as many as there are lines were counted
//
//	ROLLCALL_RINGS=FILE     write the digits of each number that the practice
//	                        line was asked for into FILE, a line each: a witness
//	                        that knows nothing of the gateway's journal
//
// A moment is counted when a goroutine reaches it, so that the order of those
// that are near each other differs from run to run.
package faults
