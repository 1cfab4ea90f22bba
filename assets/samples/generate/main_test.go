package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

func TestCommittedListsAreThoseGenerated(t *testing.T) {
	files, err := generate()
	if err != nil {
		t.Fatal(err)
	}
	for name, made := range files {
		committed, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(made, committed) {
			t.Errorf("%s is not what the generator makes; run: go generate ./assets", name)
		}
	}
}

func TestGeneratingTwiceGivesTheSameBytes(t *testing.T) {
	first, err := generate()
	if err != nil {
		t.Fatal(err)
	}
	second, err := generate()
	if err != nil {
		t.Fatal(err)
	}
	for name := range first {
		if !bytes.Equal(first[name], second[name]) {
			t.Errorf("%s differs from run to run", name)
		}
	}
}

func TestWriteNamesWhatItCannotWrite(t *testing.T) {
	if err := write(filepath.Join(t.TempDir(), "absent")); err == nil {
		t.Error("writing to an absent folder gave no error")
	}
}

func TestPeopleAndNumbersAreAllDifferent(t *testing.T) {
	names, numbers := map[string]int{}, map[string]int{}
	for i := range 300 {
		if j, ok := names[person(i)]; ok {
			t.Errorf("persons %d and %d are both %s", j, i, person(i))
		}
		names[person(i)] = i
		number := clinicLine(i).written(0)
		if j, ok := numbers[number]; ok {
			t.Errorf("persons %d and %d both have %s", j, i, number)
		}
		numbers[number] = i
	}
}
